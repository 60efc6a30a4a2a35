// Ends this process when the one that started it is gone, however that died: its end of our standard input closes then.
process.stdin.on("end", () => process.exit(0)).resume();
