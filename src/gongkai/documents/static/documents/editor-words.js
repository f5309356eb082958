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
  window.gettext = function (text) { return words[text] || text; };
})();
