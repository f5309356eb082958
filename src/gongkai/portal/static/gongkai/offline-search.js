"use strict";
/* The search of the offline copy: words come in pieces (words-N.js), no server is asked. */
const offlineRows = [];
function offlineWords(rows) {
  offlineRows.push(...rows);
}
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("offline-find");
  const list = document.getElementById("offline-found");
  const count = document.getElementById("offline-count");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = plain(document.getElementById("offline-q").value).split(/\s+/).filter(Boolean);
    const weigh = (row) => {
      let sum = 0;
      for (const word of asked) {
        if (plain(row[0]).includes(word)) sum += 3;
        else if (plain(row[2]).includes(word)) sum += 2;
        else if (plain(row[5]).includes(word)) sum += 1;
        else return 0;
      }
      return sum;
    };
    const found = asked.length ? offlineRows.map((row) => [weigh(row), row]).filter((one) => one[0]) : [];
    found.sort((one, other) => other[0] - one[0]);
    count.textContent = asked.length ? `找到 ${found.length} 件，显示前 ${Math.min(found.length, 50)} 件` : "请写要查的词";
    list.replaceChildren(
      ...found.slice(0, 50).map(([, row]) => {
        const item = document.createElement("li");
        const words = document.createElement("div");
        const link = document.createElement("a");
        link.className = "row-t";
        link.href = row[1];
        link.textContent = row[0];
        const about = document.createElement("p");
        about.className = "sub";
        about.textContent = [row[2], row[3], row[4]].filter(Boolean).join("　");
        words.append(link, about);
        item.append(words);
        return item;
      })
    );
  });
});
