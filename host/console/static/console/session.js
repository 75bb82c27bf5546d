// The operator's side of the HTTP API. The session lives in a cookie that scripts cannot read.

/** A request the server refused: its status, its own words, and those as data where they are a reason. */
export class Refused extends Error {
  constructor(status, message, why) {
    super(message);
    this.status = status;
    this.why = why;
  }
}

async function request(path, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, options);
  const reply = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, [reply?.error ?? response.statusText, reply?.hint].filter(Boolean).join(" · "), reply?.why);
  return reply;
}

export const login = (token) => request("/api/login", { token });
export const logout = () => request("/api/logout", {});
export const command = (act) => request("/api/commands", act);

/** Whether this browser has a session. Rejects where the server cannot be reached. */
export const hasSession = async () => (await request("/api/session")).operator;
