(() => {
  const progress = document.getElementById("progress");
  const connection = document.getElementById("connection");
  const events = new EventSource("events");
  events.onopen = () => { connection.textContent = "Live"; };
  events.onerror = () => { connection.textContent = "Connection lost. Trying again …"; };
  events.addEventListener("progress", event => { progress.innerHTML = JSON.parse(event.data); });
  events.addEventListener("failed", event => {
    events.close();
    progress.innerHTML = JSON.parse(event.data);
    connection.textContent = "Ended";
  });
  events.addEventListener("done", () => {
    events.close();
    location.reload();
  });
})();
