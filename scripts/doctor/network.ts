/** Whether neighbours reach this installation, and what arrives of their requests. */
import { isIP } from "node:net";
import packageFile from "../../package.json";
import type { Diagnosis } from "../../server/api/http/doctor";
import { DOCTOR_HEADER } from "../../server/platform/doctor-key";
import { isPlainInstallation } from "../../server/platform/hosts";
import { type Answer, ask, type Diagnosed, diagnose } from "./ask";
import { check, type Finding, plural, timeOf } from "./finding";
import type { Installation } from "./installation";

/** A name that belongs to nobody (RFC 2606). */
const FOREIGN_HOST = "doctor.invalid";
/** An address that nobody has (RFC 5737). */
const FORGED_ADDRESS = "203.0.113.77";
const MIN_DAYS_OF_CERTIFICATE = 14;
const DAY_MS = 86_400_000;

export type Survey = {
  /** On HOST and PORT, past any proxy. */
  local: Diagnosed;
  /** The status that a request for another site's name gets there; 0 for no answer. */
  foreignStatus: number;
  public: Diagnosed;
  /** By PUBLIC_URL with a forged X-Forwarded-For. */
  forged: Diagnosed;
};

/** The address at which this machine reaches the product. */
export function localOrigin({ HOST, PORT }: Installation["variables"]): string {
  if (HOST === "0.0.0.0") return `http://127.0.0.1:${PORT}`;
  if (HOST === "::") return `http://[::1]:${PORT}`;
  return `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
}

/** @param ca further trusted authorities, for tests */
export async function survey(
  { variables, publicUrl }: Installation,
  key: string,
  ca?: string,
): Promise<Survey> {
  const local = localOrigin(variables);
  // A name of this machine, whatever HOST is.
  const here = { host: `localhost:${variables.PORT}` };
  const [near, foreign, far, forged] = await Promise.all([
    diagnose(local, key, { headers: here }),
    // By the header the product knows that nobody is to be warned.
    ask(new URL(local), { headers: { host: FOREIGN_HOST, [DOCTOR_HEADER]: "host" } }),
    diagnose(publicUrl, key, { ca }),
    diagnose(publicUrl, key, { headers: { "x-forwarded-for": FORGED_ADDRESS }, ca }),
  ]);
  return {
    local: near,
    foreignStatus: "reason" in foreign ? 0 : foreign.status,
    public: far,
    forged,
  };
}

export function checkRunning({ variables, dataDir }: Installation, { local }: Survey): Finding {
  const { ok, fault, warning } = check("running");
  const { answer, diagnosis } = local;
  const at = localOrigin(variables);
  if (diagnosis && diagnosis.version !== packageFile.version) {
    return warning(
      `Evenhour ${diagnosis.version} runs, but this folder has ${packageFile.version}: restart it.`,
    );
  }
  if (diagnosis) return ok(`Evenhour ${diagnosis.version} answers at ${at}.`);
  if ("reason" in answer) {
    return fault(`Evenhour does not run: nothing answers at ${at} (${answer.reason}). Start it.`);
  }
  if (answer.status === 503) {
    return fault(`Evenhour at ${at} is starting or stopping: try again in a moment.`);
  }
  return fault(
    `Something answers at ${at}, but it is not the Evenhour of ${dataDir}: set HOST, PORT and EVENHOUR_DATA_DIR as it was started with, or stop what uses the port.`,
  );
}

export function checkAddress(installation: Installation, found: Survey): Finding {
  const { ok, fault, note } = check("address");
  const { publicUrl, variables } = installation;
  const { answer, diagnosis } = found.public;
  if (diagnosis) {
    if (diagnosis.publicUrl !== publicUrl) {
      return fault(
        `Evenhour was started with PUBLIC_URL ${diagnosis.publicUrl}, but here it is ${publicUrl}: run the doctor with the same variables, or restart Evenhour.`,
      );
    }
    if (found.local.diagnosis && found.foreignStatus !== 421) {
      return fault(
        `A request for the name of another site was not refused (${found.foreignStatus} instead of 421): update Evenhour.`,
      );
    }
    return isPlainInstallation(publicUrl)
      ? note(
          `Only this computer can open ${publicUrl}. To let neighbours in, see “Let neighbours in” in README.md.`,
        )
      : ok(`${publicUrl} is answered by this installation.`);
  }
  if ("reason" in answer) {
    return fault(
      `${publicUrl} (PUBLIC_URL) cannot be reached from this machine: ${answer.reason}. Check the name in DNS, the web server in front and the firewall.`,
    );
  }
  if (answer.status === 421) {
    return fault(
      `${publicUrl} (PUBLIC_URL) reaches Evenhour under another name: let the web server in front pass on the Host header.`,
    );
  }
  if ([502, 503, 504].includes(answer.status)) {
    return fault(
      `The web server at ${publicUrl} answers ${answer.status}: it does not reach Evenhour. Let it pass requests to ${localOrigin(variables)}, and start Evenhour.`,
    );
  }
  return fault(
    `${publicUrl} (PUBLIC_URL) is answered by something else (${answer.status}): point the name and the web server in front at this installation, or correct PUBLIC_URL.`,
  );
}

export function checkHttps({ publicUrl, now }: Installation, answer: Answer): Finding {
  const { ok, fault, warning, note, unknown } = check("https");
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === "http:") {
    if (isPlainInstallation(publicUrl)) return ok("Not needed on this computer.");
    return isIP(hostname.replace(/^\[|\]$/g, "")) || !hostname.includes(".")
      ? note(
          `${publicUrl} has no https, so use it only on a network that you trust, and phones cannot install it.`,
        )
      : warning(
          `${publicUrl} has no https: others on the way can read passwords, and phones cannot install it. Put a web server with https in front (README, Hosting).`,
        );
  }
  if (!answer.certificate) {
    return unknown(`The certificate of ${publicUrl} could not be read.`);
  }
  const { validTo, problem } = answer.certificate;
  if (validTo <= now) {
    return fault(
      `The certificate of ${publicUrl} expired on ${timeOf(validTo)}: renew it; the web server in front usually does that by itself, so read its log.`,
    );
  }
  if (problem) {
    return fault(
      `Browsers refuse the certificate of ${publicUrl} (${problem}): get one for this name from a public authority, or for an authority of your own set NODE_EXTRA_CA_CERTS.`,
    );
  }
  const days = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS);
  if (days < MIN_DAYS_OF_CERTIFICATE) {
    return warning(
      `The certificate of ${publicUrl} expires in ${plural(days, "day")}, on ${timeOf(validTo)}: see why it is not renewed.`,
    );
  }
  return ok(`The certificate is valid until ${timeOf(validTo)}.`);
}

/** @param diagnosis of a request by PUBLIC_URL, without X-Forwarded-For and with a forged one */
export function checkProxy(diagnosis: Diagnosis, forged: Diagnosis | null): Finding {
  const { ok, fault } = check("proxy");
  const { forwarded, trustedProxies, address } = diagnosis;
  const proxies = plural(forwarded, "web server");
  if (forwarded > 0 && trustedProxies === 0) {
    return fault(
      `Requests come through ${proxies} in front, but TRUST_PROXY is 0: everybody counts as ${address}, so that a stranger's failed sign-ins lock everyone out. Set TRUST_PROXY=${forwarded} and restart Evenhour.`,
    );
  }
  if (forwarded < trustedProxies) {
    return fault(
      `TRUST_PROXY is ${trustedProxies}, but X-Forwarded-For names ${forwarded === 0 ? "nobody" : plural(forwarded, "address", "addresses")}: let each web server in front add the client's address, or set TRUST_PROXY=${forwarded}; or else people count as one address or choose their own.`,
    );
  }
  if (forwarded > trustedProxies) {
    return fault(
      `Requests come through ${proxies} in front, but TRUST_PROXY is ${trustedProxies}: everybody counts as ${address}. Set TRUST_PROXY=${forwarded} and restart Evenhour.`,
    );
  }
  if (forged?.address === FORGED_ADDRESS) {
    return fault(
      "The web server in front passes on the X-Forwarded-For of strangers, who can so choose the address that they count as: let it set the header to the address that it sees.",
    );
  }
  return ok(
    trustedProxies === 0
      ? "No web server in front."
      : `${proxies} in front, as TRUST_PROXY says; this machine counts as ${address}.`,
  );
}
