// The editor's own labels in Chinese; it asks window.gettext for every word that it shows.
(function () {
  "use strict";
  var words = {
    "Update": "更新", "Cancel": "取消", "Link": "链接", "URL": "网址", "Title": "说明", "Open in new window": "在新窗口打开",
    "Edit HTML": "编辑源码", "HTML": "源码", "Heading": "标题", "Bold": "加粗", "Underline": "下划线",
    "Bullet list": "项目符号", "Ordered list": "编号", "Blockquote": "引用", "Undo": "撤销", "Redo": "重做",
    "Add table": "插入表格", "Insert table": "插入表格", "Delete table": "删除表格", "Rows": "行数", "Columns": "列数",
    "Include header row": "第一行作表头", "Add column after": "右侧加列", "Add column before": "左侧加列",
    "Delete column": "删除列", "Add row after": "下方加行", "Add row before": "上方加行", "Delete row": "删除行",
    "Merge or split cells": "合并或拆分单元格", "Toggle header cell": "切换表头", "Toggle header row": "切换表头行",
    "List properties": "编号样式", "List type": "编号类型", "Start at": "起始编号", "Prettify": "整理", "Remove link": "取消链接"
  };
  var titles = {
    "paragraph": "正文", "unordered list": "项目符号", "ordered list": "编号", "blockquote": "引用", "bold": "加粗",
    "underline": "下划线", "insert link": "加链接", "remove link": "取消链接", "undo": "撤销", "redo": "重做",
    "edit HTML": "编辑源码", "Paragraph": "正文", "Heading 2": "章标题", "Heading 3": "节标题", "table": "表格",
    "insert table": "插入表格", "Insert Table": "插入表格", "Table Properties": "表格属性", "Edit HTML": "编辑源码",
    "Edit Link": "编辑链接", "Insert": "插入", "Block style": "段落样式", "Reset all classes": "还原样式", "default": "正文段", "Insert table": "插入表格", "Add column": "加列", "Add row": "加行", "Merge cells": "合并单元格", "Split cell": "拆分单元格", "Toggle header cell": "切换表头", "Delete column": "删除列", "Delete row": "删除行", "Delete table": "删除表格", "主送机关": "主送机关", "居中": "居中", "落款": "落款", "附注": "附注", "Decimal numbers": "数字编号"
  };
  Object.keys(titles).forEach(function (key) { words[key] = words[key] || titles[key]; });
  // Buttons whose words the library does not look up; it also writes them anew while one types.
  function say(button) {
    var key = button.title.replace(/^paragraph: /, "");
    var word = titles[key] || words[key];
    if (word && button.title !== word) { button.title = word; }
    if (button.getAttribute("aria-label") !== button.title) { button.setAttribute("aria-label", button.title); }
  }
  function sayText(label) {
    var word = !label.firstElementChild && titles[label.textContent.replace(/^paragraph: /, "")];
    if (word && word !== label.textContent) { label.textContent = word; }
  }
  function sayAll() {
    document.querySelectorAll(".prose-menubar *").forEach(sayText);
    document.querySelectorAll(".prose-editor [title]").forEach(say);
    document.querySelectorAll(".prose-editor .ProseMirror[contenteditable]:not([aria-label])").forEach(function (text) { text.setAttribute("aria-label", "正文"); });
  }
  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector("[data-django-prose-editor-configurable]");
    if (form) {
      new MutationObserver(sayAll).observe(form.form, { subtree: true, childList: true, attributes: true, attributeFilter: ["title"] });
      sayAll();
    }
  });
  window.gettext = function (text) { return words[text] || text; };
})();
