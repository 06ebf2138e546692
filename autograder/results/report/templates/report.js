// Sorts and filters rows that are there already; without it the page is complete.
for (const table of document.querySelectorAll("table[data-sort]")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
      const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
      const compare = (a, b) => key(a).localeCompare(key(b), undefined, { numeric: true });
      const body = table.tBodies[0];
      body.append(...[...body.rows].sort((a, b) => sign * compare(a, b)));
    });
  });
}
const words = document.getElementById("filter");
const only = document.getElementById("only");
const count = document.getElementById("count");
const rows = [...document.querySelectorAll("#students tbody tr")];
const filter = () => {
  const wanted = words.value.trim().toLowerCase();
  for (const row of rows) {
    const fits = row.textContent.toLowerCase().includes(wanted) || row.dataset.more.toLowerCase().includes(wanted);
    row.hidden = !fits || (only.checked && row.dataset.remarks === "0");
  }
  count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} students`;
};
if (words) {
  document.querySelector(".controls").hidden = false;
  words.addEventListener("input", filter);
  only.addEventListener("change", filter);
  filter();
}
