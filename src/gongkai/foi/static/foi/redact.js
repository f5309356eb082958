// Drawing a box with the mouse or a finger; without this script the four numbers are typed.
const page = document.querySelector("[data-redact]");
if (page) {
  const form = document.querySelector("form [name=left]").form;
  const drawn = page.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "rect"));
  drawn.classList.add("drawing");
  let start = null;
  const at = (event) => {
    const frame = page.getBoundingClientRect();
    const inside = (value) => Math.min(100, Math.max(0, value));
    return [
      inside(((event.clientX - frame.left) / frame.width) * 100),
      inside(((event.clientY - frame.top) / frame.height) * 100),
    ];
  };
  page.addEventListener("pointerdown", (event) => {
    start = at(event);
    page.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  page.addEventListener("pointermove", (event) => {
    if (!start) return;
    const now = at(event);
    const sides = {
      left: Math.min(start[0], now[0]),
      top: Math.min(start[1], now[1]),
      right: Math.max(start[0], now[0]),
      bottom: Math.max(start[1], now[1]),
    };
    for (const [name, value] of Object.entries(sides)) form.elements[name].value = value.toFixed(2);
    drawn.setAttribute("x", `${sides.left}%`);
    drawn.setAttribute("y", `${sides.top}%`);
    drawn.setAttribute("width", `${sides.right - sides.left}%`);
    drawn.setAttribute("height", `${sides.bottom - sides.top}%`);
  });
  page.addEventListener("pointerup", () => {
    start = null;
  });
}
