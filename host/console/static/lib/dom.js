// Elements without innerHTML: what strangers wrote only ever becomes a text node.

/** Make an element. `on…` attributes are listeners, booleans toggle, null and undefined are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Set the text of an element where it differs, so that selections and live regions are left alone. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Let `parent` hold one child per item, in order, keeping the elements of items that stay.
 *  `make(item)` returns an element, `update(element, item)` brings it up to date. */
export function keyed(parent, items, key, make, update) {
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    let child = before.get(name);
    before.delete(name);
    if (!child) {
      child = make(item);
      child.dataset.key = name;
    }
    update(child, item);
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
  for (const child of before.values()) child.remove();
}

/** The address of a product's picture, or "" for anything that is not one. */
export function picture(address) {
  return typeof address === "string" && /^\/images\/[^/?#]+$/.test(address) ? address : "";
}

/** Read and write a setting of this browser; private windows may refuse, and then it lasts as long as the page. */
export const settings = {
  get(name) {
    try {
      return localStorage.getItem(`livehost.${name}`);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(`livehost.${name}`, value);
    } catch {
      // Refused: nothing to do.
    }
  },
};
