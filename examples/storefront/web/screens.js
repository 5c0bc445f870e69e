// Parts of the shop's screens that can hang, fail or be broken by themselves.

import { button, make, thing } from "/elements.js";

export const LAMP = { name: "Walnut desk lamp", price: "€ 64", look: "lamp" };
export const FERN = { name: "Fern in a pot", price: "€ 21", look: "fern" };
const BLOCKED_MS = 2_450;

/** Does nothing but keep the thread. */
function work(ms) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** The wish-list button. The fault: in the broken release it is dead. */
export function wishButton(broken) {
  const wish = button({ id: "wish", className: "wide" }, "Add to wish list");
  let wished = false;
  if (!broken) {
    wish.onclick = () => {
      wished = !wished;
      wish.textContent = wished ? "On your wish list ✓" : "Add to wish list";
    };
  }
  return wish;
}

export const newThings = () => make("ul", { className: "things" }, thing(LAMP), thing(FERN));

/** The lamp's picture. The fault: the broken release gets half of the file. */
export function picture(url) {
  return make("img", {
    className: "picture",
    src: url,
    alt: "A walnut desk lamp on a table",
    width: 320,
    height: 200,
  });
}

/** Opens the sheet with the papers. The fault: the broken release lays out every paper there is first. */
export function giftWrap(app, broken) {
  const open = button({ id: "gift", className: "wide" }, "Gift wrap…");
  open.onclick = () => {
    if (broken) work(BLOCKED_MS);
    const close = () => {
      sheet.remove();
      open.focus();
    };
    const papers = ["Plain paper", "Stars", "No, thanks"].map((name) =>
      button(
        {
          className: "wide",
          onclick: () => {
            open.textContent = name === "No, thanks" ? "Gift wrap…" : `Gift wrap: ${name.toLowerCase()}`;
            close();
          },
        },
        name,
      ),
    );
    const sheet = make("div", { className: "sheet", role: "dialog", ariaLabel: "Gift wrap" }, ...papers);
    sheet.addEventListener("keydown", (event) => event.key === "Escape" && close());
    app.append(sheet);
    papers[0].focus();
  };
  return open;
}
