// Puts Streamlit's own fixed English texts into Chinese; it has no translation of its own. In English only what it
// says of a page that a role does not have is said otherwise. Also mends its
// link to the first page, which is written "?day=…" and would stay on the present page in a new tab.
// Bound to the texts of the pinned version: tests/browser checks some of them.
(() => {
  const words = LANG === "zh-CN" ? WORDS : {
    "Page not found": "There is no such page, or your role does not see it",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "The page you asked for does not exist, or your role does not see it. This is the first page.",
  };
  const patterns = [
    [/^(\d+) ?([MG])B per file(?: • (.+))?$/, (m) => `单个文件不超过 ${m[1]} ${m[2]}B` + (m[3] ? ` · ${m[3]}` : "")],
    [/^Drag and drop files? here$/, () => "把文件拖到这里"],
    [/^File must be (\d+) ?([MG])B or smaller\.?$/, (m) => `文件不能超过 ${m[1]} ${m[2]}B。`],
    [/^Help for (.+)$/, (m) => `“${m[1]}”的说明`],
    [/^(year|month|day), (.+)$/, (m) => `${m[2]}，${{ year: "年", month: "月", day: "日" }[m[1]]}`],
    [/^You have requested page \/?(.*?),? but no corresponding file was found.*$/, (m) => `没有“${m[1]}”这一页，或您的岗位不能看。`],
    [/^Remove (.+)$/, (m) => `移除 ${m[1]}`],
    [/^Selected (.+)\. (.+)$/, (m) => `已选 ${m[1]}。${m[2]}`],
  ];
  const attributes = ["aria-label", "title", "placeholder", "href"];
  const inOurWords = (text) => {
    const plain = text.trim();
    if (!plain || plain.length > 200) return null;
    if (Object.hasOwn(words, plain)) return words[plain];
    if (LANG !== "zh-CN") return null;
    for (const [pattern, say] of patterns) {
      const found = plain.match(pattern);
      if (found) return say(found);
    }
    return null;
  };
  const ours = (node) => node.closest?.('[data-testid="stDataFrame"] canvas, .vega-embed, textarea, input');
  const text = (node) => {
    const said = node.parentElement && !ours(node.parentElement) ? inOurWords(node.data) : null;
    if (said !== null && said !== node.data) node.data = said;
  };
  const element = (node) => {
    const link = node.tagName === "A" ? node.getAttribute("href") : null;
    if (link === "" || link?.startsWith("?")) node.setAttribute("href", "./" + link);
    for (const name of attributes) {
      const value = node.getAttribute(name);
      const said = value ? inOurWords(value) : null;
      if (said !== null && said !== value) node.setAttribute(name, said);
    }
  };
  const all = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return text(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    element(root);
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) walk.currentNode.nodeType === Node.TEXT_NODE ? text(walk.currentNode) : element(walk.currentNode);
  };
  document.documentElement.lang = LANG;
  window.officeChrome?.disconnect();
  all(document.body);
  window.officeChrome = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(all);
      else if (change.type === "characterData") text(change.target);
      else element(change.target);
    }
  });
  window.officeChrome.observe(document.body, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: attributes,
  });
})();
