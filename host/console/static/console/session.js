// The operator's side of the HTTP API. The session lives in a cookie that scripts cannot read.

/** A request the server refused: its status, its own words, and those as data where they are a reason. */
export class Refused extends Error {
  constructor(status, message, why) {
    super(message);
    this.status = status;
    this.why = why;
  }
}

async function request(path, body, { method = "POST", headers = {} } = {}) {
  const options = body === undefined ? {} : { method, headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) };
  const response = await fetch(path, options);
  const reply = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, [reply?.error ?? response.statusText, reply?.hint].filter(Boolean).join(" · "), reply?.why);
  return reply;
}

export const login = (token) => request("/api/login", { token });
export const logout = () => request("/api/logout", {});
export const facts = (product) => request(`/api/products/${encodeURIComponent(product)}`);

/** Change facts of a product, if it still has the version that the operator saw; once, however often it is sent. */
export const change = (product, version, patch) =>
  request(`/api/products/${encodeURIComponent(product)}`, patch, {
    method: "PATCH", headers: { "If-Match": `"${version}"`, "Idempotency-Key": Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-") },
  });

export const command = (act) => request("/api/commands", act);

/** Whether this browser has a session. Rejects where the server cannot be reached. */
export const hasSession = async () => (await request("/api/session")).operator;
