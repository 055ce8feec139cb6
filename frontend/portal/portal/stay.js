// Five minutes before the session ends, offer to stay signed in. Without JavaScript the page says when that is.
const WARN_MINUTES = 5;
const box = document.getElementById("stay");

if (box) {
  const button = box.querySelector("button");
  const alert = button.parentElement;
  const done = alert.nextElementSibling;
  const wait = (Number(box.dataset.minutes) - WARN_MINUTES) * 60_000;
  let timer;

  const arm = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      done.hidden = true;
      alert.hidden = false;
      box.hidden = false;
    }, wait);
  };

  button.addEventListener("click", async () => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const answer = await fetch(button.dataset.url, { method: "POST", headers });
    // Signed out meanwhile: sending the page keeps what was typed, and leads back to it after signing in.
    if (!answer.ok || answer.redirected) return;
    alert.hidden = true;
    done.hidden = false;
    done.tabIndex = -1;
    done.focus();
    arm();
  });

  arm();
}
