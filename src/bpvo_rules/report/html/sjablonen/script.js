"use strict";
// Sorting and filtering of what is on the page already; without this script the page says the same.
(() => {
  const text = (row, column) => (row.cells[column] ? row.cells[column].textContent.trim() : "");

  const number = (value) => {
    const found = /^[^0-9-]*(-?[0-9][0-9.,]*)/.exec(value);
    if (!found) return null;
    const plain = document.documentElement.lang === "nl"
      ? found[1].replaceAll(".", "").replace(",", ".")
      : found[1].replaceAll(",", "");
    return Number(plain);
  };

  const sortable = (table) => {
    for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const order = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order === 1 ? "ascending" : "descending");
        const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
        const numeric = head.classList.contains("n");
        const keyed = rows.map((row) => {
          const value = text(row, column);
          const read = numeric ? number(value) : value;
          return { row, value: read };
        });
        keyed.sort((a, b) => {
          if (a.value === null || b.value === null) return (a.value === null) - (b.value === null);
          return order * (numeric ? a.value - b.value : a.value.localeCompare(b.value));
        });
        table.tBodies[0].append(...keyed.map((one) => one.row));
      });
    }
  };

  const filter = (form) => {
    const table = document.getElementById(form.dataset.tabel);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const fields = [...form.querySelectorAll("[data-kolom]")];
    const count = form.querySelector("[data-aantal]");
    // A line end between cells, so that nothing is found half in one and half in the next.
    const words = new Map(rows.map((row) => {
      const cells = [...row.cells].map((_, column) => text(row, column).replace(/\s+/g, " "));
      return [row, cells.join("\n").toLowerCase()];
    }));
    const apply = () => {
      let shown = 0;
      for (const row of rows) {
        const fits = fields.every((field) => {
          if (field.value === "") return true;
          if (field.dataset.kolom === "*") return words.get(row).includes(field.value.toLowerCase());
          return text(row, Number(field.dataset.kolom)) === field.value;
        });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      count.textContent = count.dataset.aantal.replace("{}", shown.toLocaleString(document.documentElement.lang));
    };
    const fromAddress = () => {
      const asked = location.hash.slice(1);
      const field = form.querySelector("[data-adres]");
      if (field && [...field.options].some((option) => option.value === asked)) field.value = asked;
      apply();
    };
    for (const field of fields) {
      if (field.tagName === "SELECT") {
        const values = new Set(rows.map((row) => text(row, Number(field.dataset.kolom))));
        const order = (a, b) => a.localeCompare(b, undefined, { numeric: true });
        for (const value of [...values].sort(order)) if (value) field.add(new Option(value, value));
      }
      field.addEventListener("input", apply);
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    addEventListener("hashchange", fromAddress);
    form.hidden = false;
    fromAddress();
  };

  document.querySelectorAll("table[data-sorteer]").forEach(sortable);
  document.querySelectorAll("form[data-tabel]").forEach(filter);

  // Somebody who follows a link to something that is folded wants to see it.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  // On paper nothing can be unfolded; afterwards all is as it was.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
    folded = [];
  });
})();
