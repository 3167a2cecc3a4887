// Follows our links inside HTML (pages/parts/anchors.py) as Streamlit follows Back and Forward: the address first, then
// the run that it asks for; nothing is loaded. A click with a key (a new tab), or while the connection to the server is
// lost, stays the browser's own. Bound to the pinned version: tests/browser/test_links_in_html.py.
//
// What a run under way writes into the address (a field just left, a filter just chosen) belongs to the page that is
// being left: its answer is awaited, for a moment.
(() => {
  const longest = { ran: 500, left: 1500, begins: 600 }; // ms: any run, one that a field asked for, until that begins
  const app = () => document.querySelector('[data-testid="stApp"]');
  const running = () => app()?.getAttribute("data-test-script-state") !== "notRunning";
  let typed = false; // into the field that has the focus
  let left = -Infinity; // when such a field was left
  let waiting = null; // the link that was chosen last
  const go = (href) => {
    const elsewhere = new URL(href).pathname !== location.pathname;
    history[href === location.href ? "replaceState" : "pushState"]({}, "", href);
    if (elsewhere) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };
  const goWhenAnswered = (href, asked) => {
    const began = performance.now();
    let ran = !asked;
    const look = () => {
      if (waiting !== href) return;
      ran ||= running();
      const took = performance.now() - began;
      const most = asked ? (ran ? longest.left : longest.begins) : longest.ran;
      if ((ran && !running()) || took > most) {
        waiting = null;
        go(href);
      } else setTimeout(look, 10);
    };
    waiting = href;
    look();
  };
  const follow = (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a[data-in-app]");
    if (!link || app()?.getAttribute("data-test-connection-state") !== "CONNECTED") return;
    event.preventDefault();
    goWhenAnswered(link.href, performance.now() - left < longest.begins);
  };
  window.officeLinks?.abort();
  window.officeLinks = new AbortController();
  const listen = (what, then) => document.addEventListener(what, then, { signal: window.officeLinks.signal });
  listen("input", () => { typed = true; });
  listen("keydown", (event) => { typed &&= event.key !== "Enter"; }); // the field itself has asked for its run
  listen("focusout", () => { if (typed) left = performance.now(); typed = false; });
  listen("click", follow);
})();
