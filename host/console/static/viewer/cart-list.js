import { h, keyed, setText } from "../lib/dom.js";
import { productPicture } from "./product-card.js";

/** `<cart-list>`: every product of the room in a dialog. Set `words`, then `show(products, onAir)`.
 *  Fires `ask` with the link number of the product the viewer wants to hear about. */
export class CartList extends HTMLElement {
  connectedCallback() {
    if (this.dialog) return;
    this.heading = h("h2", { id: "cart-title" });
    this.close = h("button", { type: "button", class: "icon-button", onclick: () => this.dialog.close() }, "✕");
    this.items = h("ul", { class: "cart-items" });
    this.dialog = h("dialog", { class: "sheet", "aria-labelledby": "cart-title" },
      h("header", {}, this.heading, this.close), this.items);
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.append(this.dialog);
  }

  open() {
    this.dialog.showModal();
  }

  show(products, onAir) {
    setText(this.heading, this.words.cart);
    this.close.setAttribute("aria-label", this.words.close);
    const key = (product) => JSON.stringify([product, this.words.htmlLang]);
    keyed(this.items, products, key, (product) => this.item(product), (item, product) => {
      item.classList.toggle("on-air", product.id === onAir);
    });
  }

  item(product) {
    return h("li", { class: product.sold_out ? "sold-out" : "" },
      productPicture(product.image, product.name),
      h("div", { class: "card-body" },
        h("p", { class: "card-top" }, h("span", { class: "card-link" }, this.words.link(product.link)), h("b", {}, product.name)),
        h("p", { class: "card-money" }, h("span", { class: "card-price" }, product.price), h("s", { class: "card-list-price" }, product.list_price),
          h("span", { class: "sold-out-mark" }, product.sold_out ? this.words.soldOut : ""))),
      h("span", { class: "on-air-mark" }, this.words.onAir),
      h("button", { type: "button", class: "ask-button", onclick: () => this.ask(product.link) }, this.words.ask));
  }

  ask(link) {
    this.dialog.close();
    this.dispatchEvent(new CustomEvent("ask", { detail: link }));
  }
}

customElements.define("cart-list", CartList);
