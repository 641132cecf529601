/** Ends this process, gracefully, when the one that started it is gone. */
const parent = process.ppid;
const watching = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watching);
  process.kill(process.pid, "SIGTERM");
}, 250);
watching.unref();
