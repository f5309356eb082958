// Puts a ready text on the clipboard. Without this file the field can be selected and copied by hand.
(() => {
  "use strict";
  if (window.gongkaiCopies) return; // the part may stand on a page more than once
  window.gongkaiCopies = true;

  const said = (box, words) => { box.querySelector("[data-copy-said]").textContent = words; };

  async function copy(box) {
    const field = box.querySelector("textarea");
    field.select();
    try {
      // The clipboard answers on https and localhost only; elsewhere the old way still works.
      if (navigator.clipboard && window.isSecureContext) await navigator.clipboard.writeText(field.value);
      else if (!document.execCommand("copy")) throw new Error("refused");
      said(box, "已复制，可以去粘贴");
    } catch (problem) {
      field.focus();
      said(box, "浏览器不让自动复制，文字已选中，请按 Ctrl+C");
    }
  }

  function dress() {
    for (const button of document.querySelectorAll("[data-copy-button][hidden]")) {
      button.hidden = false;
      said(button.closest("[data-copy]"), "");
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy-button]");
    if (button) copy(button.closest("[data-copy]"));
  });
  document.addEventListener("htmx:afterSwap", dress);
  dress();
})();
