/* Sends files one after another and shows how far each has come. Without this, the page sends one as it is. */

const SAID_EVERY = 25; // percent: a screen reader is not to count to a hundred

for (const adder of document.querySelectorAll("[data-module=portal-upload]")) {
  const box = adder.querySelector("input[type=file]");
  const add = adder.querySelector("button[name=add]");
  const shown = adder.querySelector(".adder__progress");
  const bar = shown.querySelector("progress");
  const label = shown.querySelector("label");
  const status = adder.querySelector("[role=status]");
  const named = (words, file, percent = 0) => words.replace("%name%", file.name).replace("%percent%", percent);

  box.multiple = true;

  /* The address of the next page; "" where there is none to go to but what the server would show by itself. */
  const send = (file) =>
    new Promise((resolve, reject) => {
      const post = new FormData(box.form);
      post.set(box.name, file);
      post.set(add.name, add.value);
      const request = new XMLHttpRequest();
      let said = 0;
      request.open("POST", box.form.action);
      request.setRequestHeader("X-Upload", "progress");
      request.upload.addEventListener("progress", (event) => {
        const percent = Math.floor((100 * event.loaded) / event.total);
        bar.value = percent;
        if (percent < 100 && percent >= said + SAID_EVERY) {
          said = percent;
          status.textContent = named(status.dataset.sent, file, percent);
        }
      });
      request.upload.addEventListener("load", () => {
        status.textContent = named(status.dataset.checking, file);
      });
      request.addEventListener("load", () => resolve(request.getResponseHeader("X-Next-Page") ?? ""));
      request.addEventListener("error", reject);
      request.addEventListener("abort", reject);
      request.send(post);
    });

  const open = (url) => {
    const next = new URL(url, window.location.href);
    const isHere = next.pathname === window.location.pathname && next.search === window.location.search;
    if (!isHere) return window.location.assign(next);
    // The same page with other files: its address alone would load nothing.
    window.history.replaceState(null, "", next);
    return window.location.reload();
  };

  add.addEventListener("click", async (event) => {
    const files = [...box.files];
    if (!files.length) return; // the page says what to do
    event.preventDefault();
    add.disabled = true;
    shown.hidden = false;
    let next = "";
    for (const file of files) {
      label.textContent = named(label.dataset.words, file);
      bar.value = 0;
      try {
        next = await send(file);
      } catch {
        add.disabled = false;
        shown.hidden = true;
        status.textContent = named(status.dataset.failed, file);
        return;
      }
      if (!next) break;
    }
    add.disabled = false;
    if (next) open(next);
    // Signed out, or saved in another window meanwhile: the page that says so comes of sending it as it is.
    else box.form.requestSubmit(add);
  });
}
