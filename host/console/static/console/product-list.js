import { h, keyed, setText } from "../lib/dom.js";

/** `<product-list>`: the room's products by link number. Fires `goto` and `facts` with the product. */
export class ProductList extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.heading = h("h2");
    this.list = h("ul", { class: "products" });
    this.append(this.heading, this.list);
  }

  show(state, enabled) {
    const { words } = this;
    const onAir = state.place?.product ?? state.card?.product;
    setText(this.heading, words.products);
    keyed(this.list, state.products, (product) => product.id, () => this.item(), (item, product) => {
      const [link, body, mark, edit, button] = item.children;
      setText(link, words.linkNo(product.link));
      setText(body.children[0], product.name);
      const figures = [product.price, product.stock === null ? "" : words.stock(product.stock), words.segments(product.segments.length)];
      setText(body.children[1], figures.filter(Boolean).join(" · "));
      body.children[1].title = product.segments.join(" · ");
      item.classList.toggle("on-air", product.id === onAir);
      setText(mark, product.id === onAir ? words.onAir : "");
      setText(button, words.goto);
      button.setAttribute("aria-label", `${words.goto} ${product.name}`);
      setText(edit, words.facts);
      edit.setAttribute("aria-label", words.factsTitle(product.name));
      for (const [act, control] of [["goto", button], ["facts", edit]]) {
        control.disabled = !enabled;
        control.onclick = () => this.dispatchEvent(new CustomEvent(act, { detail: product }));
      }
    });
  }

  item() {
    return h("li", {},
      h("b", { class: "link-number" }), h("div", { class: "product-body" }, h("p", { class: "product-name" }), h("p", { class: "soft figures" })),
      h("span", { class: "on-air-mark" }), h("button", { class: "quiet", type: "button", "data-act": "facts" }),
      h("button", { class: "quiet", type: "button", "data-act": "goto" }));
  }
}

customElements.define("product-list", ProductList);
