/* Words beside Wagtail's plus signs: what each of them adds. The last of a list stands where one goes on; those between
   show theirs when they are pointed at. */

import { make } from "./page.js";

export class AddController extends window.StimulusModule.Controller {
  static values = { last: String, between: String };

  connect() {
    const stream = this.element.querySelector(":scope > [data-streamfield-stream-container]");
    this.watch = new MutationObserver(() => this.name(stream));
    this.watch.observe(stream, { childList: true });
    this.name(stream);
  }

  disconnect() {
    this.watch.disconnect();
  }

  name(stream) {
    const buttons = [...stream.querySelectorAll(":scope > div > .c-sf-add-button")];
    const last = buttons.at(-1);
    for (const button of buttons) {
      let words = button.querySelector(".portal-add");
      if (!words) {
        words = make("span", { class: "portal-add" });
        button.append(words);
        button.removeAttribute("title");
      }
      words.textContent = button === last ? this.lastValue : this.betweenValue;
      words.classList.toggle("portal-add--between", button !== last);
    }
  }
}
