import { h, keyed, picture, setText } from "../lib/dom.js";

/** A product's picture; without one, or where it does not load, its initial. */
export function productPicture(address, name) {
  const source = picture(address);
  const initial = () => h("span", { class: "thumb thumb-initial", "aria-hidden": "true" }, [...name][0] ?? "");
  if (!source) return initial();
  const image = h("img", { class: "thumb", src: source, alt: "", onerror: () => image.replaceWith(initial()) });
  return image;
}

/** `<product-card>`: the product on air. Set `words`, then `show(card, products)`. Fires `cart`. */
export class ProductCard extends HTMLElement {
  connectedCallback() {
    if (this.name) return;
    this.thumb = h("div", { class: "card-thumb" });
    this.link = h("span", { class: "card-link" });
    this.name = h("h2", { class: "card-name" });
    this.price = h("span", { class: "card-price" });
    this.list = h("s", { class: "card-list-price" });
    this.soldOut = h("span", { class: "sold-out-mark" });
    this.badges = h("ul", { class: "card-badges" });
    this.cart = h("button", { class: "cart-button", type: "button", onclick: () => this.dispatchEvent(new Event("cart")) });
    this.body = h("div", { class: "card-body" },
      h("p", { class: "card-top" }, this.link, this.name),
      h("p", { class: "card-money" }, this.price, this.list, this.soldOut),
      this.badges);
    this.append(this.thumb, this.body, this.cart);
  }

  show(card, products) {
    this.classList.toggle("empty", !card);
    this.cart.hidden = !products.length;
    setText(this.cart, this.words.cartCount(products.length));
    setText(this.link, card ? this.words.link(card.link) : "");
    setText(this.name, card ? card.name : this.words.noProduct);
    setText(this.price, card?.price ?? "");
    setText(this.list, card?.list_price ?? "");
    this.list.setAttribute("aria-label", card?.list_price ? `${this.words.listPrice} ${card.list_price}` : "");
    this.classList.toggle("sold-out", Boolean(card?.sold_out));
    setText(this.soldOut, card?.sold_out ? this.words.soldOut : "");
    keyed(this.badges, card?.badges ?? [], (badge) => badge, (badge) => h("li", {}, badge), () => {});
    const shown = card ? `${card.image} ${card.name}` : "";
    if (this.shown !== shown) this.thumb.replaceChildren(...(card ? [productPicture(card.image, card.name)] : []));
    this.shown = shown;
  }
}

customElements.define("product-card", ProductCard);
