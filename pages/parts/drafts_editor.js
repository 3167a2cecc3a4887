// The editor of a draft: line numbers beside Streamlit's own text field, which is told to take over what was typed a
// moment after the last key (as Ctrl+Enter does). No tag may stand in here: the page would drop the script. Without this script the field still works: Ctrl+Enter, or leaving it.
(() => {
  const PAUSE = 600; // milliseconds
  const faults = new Set(FAULTS);
  const jump = JUMP; // { line, at } or null
  const inside = (selector) => document.querySelector(`.st-key-drafts_editor ${selector}`);
  const office = (window.officeDraftEditor = window.officeDraftEditor || { jumped: 0 });
  const commit = (area) => {
    if (!area.isConnected || office.composing) return;
    area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
  };
  const draw = () => {
    const area = inside("textarea");
    const gutter = inside(".draft-lines");
    if (!area || !gutter) return false;
    const count = area.value.split("\n").length;
    const shown = [];
    for (let line = 1; line !== count + 1; line += 1) {
      const mark = document.createElement(faults.has(line) ? "b" : "i");
      mark.textContent = `${faults.has(line) ? "✕ " : ""}${line}\n`;
      shown.push(mark);
    }
    gutter.replaceChildren(...shown);
    gutter.scrollTop = area.scrollTop;
    area.spellcheck = false;
    area.onscroll = () => { inside(".draft-lines").scrollTop = area.scrollTop; };
    area.oncompositionstart = () => { office.composing = true; };
    area.oncompositionend = () => { office.composing = false; area.oninput(); };
    area.oninput = () => {
      const lines = inside(".draft-lines");
      if (area.value.split("\n").length !== lines.childElementCount) draw();
      clearTimeout(office.timer);
      office.timer = setTimeout(() => commit(area), PAUSE);
    };
    return true;
  };
  const go = () => {
    const area = inside("textarea");
    if (!jump || !area || office.jumped === jump.at) return;
    office.jumped = jump.at;
    const lines = area.value.split("\n");
    const from = lines.slice(0, jump.line - 1).join("\n").length + (jump.line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(from, from + (lines[jump.line - 1] || "").length);
    area.scrollTop = Math.max(0, (jump.line - 6) * parseFloat(getComputedStyle(area).lineHeight));
    area.scrollIntoView({ block: "nearest" });
  };
  let tries = 0;
  const begin = () => {  // the field may come, and be filled, a little later than this script
    const area = inside("textarea");
    const gutter = inside(".draft-lines");
    const ready = area && gutter && gutter.childElementCount === area.value.split("\n").length;
    if (!ready || !tries) draw();
    if (ready) go();
    if ((tries += 1) !== 30) setTimeout(begin, 100);
  };
  begin();
})();
