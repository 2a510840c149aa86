// Everything here is an improvement on a page that works without it.
import {initAll} from "./vendor/govuk-frontend.min.js";
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// Filters start closed on a narrow screen.
if (matchMedia("(max-width: 60em)").matches) document.querySelectorAll("[data-narrow-closed]").forEach(d => d.open = false);

// Print buttons.
document.querySelectorAll("[data-print]").forEach(b => b.addEventListener("click", () => print()));

// Batch selection: one box for all, a count that is read out, a button that wakes up.
document.querySelectorAll("[data-batch]").forEach(form => {
  const all = form.querySelector("[data-all]"), boxes = [...form.querySelectorAll("tbody .tick")];
  const said = form.querySelector("[data-selected]"), go = form.querySelectorAll("[data-needs-selection]");
  const tell = () => {
    const n = boxes.filter(b => b.checked).length;
    all.checked = n === boxes.length; all.indeterminate = n > 0 && n < boxes.length;
    said.textContent = n ? said.dataset.some.replace("{n}", n) : said.dataset.none;
    go.forEach(b => b.disabled = !n);
  };
  all.addEventListener("change", () => { boxes.forEach(b => b.checked = all.checked); tell(); });
  boxes.forEach(b => b.addEventListener("change", tell));
  tell();
});

// What the citizen will read follows what is typed.
document.querySelectorAll("[data-preview]").forEach(input => {
  const out = document.getElementById(input.dataset.preview), empty = out.textContent;
  const show = () => { out.textContent = input.value.trim() || empty; };
  input.addEventListener("input", show); show();
});

// A long job tells how far it is; without script the page says how to refresh.
document.querySelectorAll("[data-submit-once]").forEach(form => form.addEventListener("submit", event => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}));
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach(form => delete form.dataset.sent));

// Copy a reference or a link; the button is shown only where copying works.
if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(button => {
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = button.dataset.copied; }));
});

// A list that answers at once to a choice of order.
document.querySelectorAll("[data-submit-on-change]").forEach(input => input.addEventListener("change", () => input.form.requestSubmit()));
