(() => {
  const runs = document.getElementById("runs");
  const seen = document.getElementById("seen");
  const connection = document.getElementById("connection");
  const take = page => {
    const fresh = page.getElementById("runs");
    for (const details of runs.querySelectorAll("details[open]")) {
      const again = fresh.querySelector(`#${CSS.escape(details.id)}`);
      if (again) again.open = true;
    }
    const focused = document.activeElement && runs.contains(document.activeElement) ? document.activeElement.id : "";
    runs.replaceChildren(...fresh.childNodes);
    runs.dataset.seconds = fresh.dataset.seconds;
    seen.replaceChildren(...page.getElementById("seen").childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  };
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
        if (!answer.ok) throw new Error(answer.statusText);
        take(new DOMParser().parseFromString(await answer.text(), "text/html"));
        connection.textContent = "";
      } catch {
        connection.textContent = "No answer. Trying again \u2026";
      }
    }
    wait();
  };
  const wait = () => setTimeout(ask, 1000 * runs.dataset.seconds);
  wait();
})();
