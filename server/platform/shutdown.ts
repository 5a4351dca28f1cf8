const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const PARENT_POLL_MS = 500;

/**
 * Calls `shutDown` once, at the first signal. npm starts a command through a shell, and a signal to npm ends
 * the shell without reaching this process. So under npm the loss of the parent process counts as a signal.
 */
export function onShutdown(shutDown: () => void): void {
  let hasStarted = false;
  const start = () => {
    if (hasStarted) return;
    hasStarted = true;
    shutDown();
  };
  for (const signal of SIGNALS) process.on(signal, start);
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) start();
  }, PARENT_POLL_MS).unref();
}
