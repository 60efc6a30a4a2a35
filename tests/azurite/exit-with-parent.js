// Ends this process when the one that started it is gone or lets go of it: its end of our standard input closes then.
// SIGTERM lets Azurite write what it has confirmed; should it wait for a connection for ever, it ends all the same.
process.stdin.on("end", () => {
  setTimeout(() => process.exit(0), 10000).unref();
  process.kill(process.pid, "SIGTERM");
}).resume();
