/** How a command is asked to end. */

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls `end` once, at the first signal. Under npm there is a shell between npm and us, and a
 * signal to npm ends that shell without reaching us; so losing our parent counts as one.
 */
export function onShutdown(end: () => void): void {
  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    end();
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) ask();
  }, 500).unref();
}
