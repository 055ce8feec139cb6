// Ticks off the rules of a new password while it is typed. The server checks all of them: what is said here is help.
// The rules are those of site/accounts/rules/passwords.py, by the same names.
const matches = (pattern) => (text) => pattern.test(text);

const checks = {
  shortest: (text, rules) => [...text.replace(/\p{M}/gu, "")].length >= rules.shortest,
  longest: (text, rules) => [...text].length <= rules.longest,
  letter: matches(/\p{L}/u),
  capital: matches(/\p{Lu}/u),
  digit: matches(/\p{Nd}/u),
  allowed: (text, rules) =>
    [...text.replace(/\p{L}\p{M}*/gu, "")].every((character) => /[\p{Nd} ]/u.test(character) || rules.special.includes(character)),
  own: (text, rules) => !rules.own.some((name) => text.toLowerCase().includes(name)),
};
const SPEAK_AFTER = 1000;

for (const list of document.querySelectorAll("[data-module=portal-password]")) {
  const box = document.getElementById(list.dataset.box);
  const rules = JSON.parse(list.dataset.rules);
  const items = [...list.querySelectorAll("[data-rule]")];
  const status = list.querySelector("[role=status]");
  let timer;

  const show = () => {
    const text = box.value.normalize("NFKC");
    const met = items.filter((item) => {
      const isMet = text !== "" && checks[item.dataset.rule](text, rules);
      item.classList.toggle("is-met", isMet);
      item.firstElementChild.hidden = !isMet;
      return isMet;
    });
    clearTimeout(timer);
    timer = setTimeout(() => {
      status.textContent = list.dataset.count.replace("%s", met.length).replace("%s", items.length);
    }, SPEAK_AFTER);
  };

  for (const item of items) {
    const said = document.createElement("span");
    said.className = "govuk-visually-hidden";
    said.textContent = `${list.dataset.met} `;
    said.hidden = true;
    item.prepend(said);
  }
  box.addEventListener("input", show);
}
