// Tables of rounds, companies and investors: a click or Enter on a header sorts, a word or a choice filters.
// Without this script they are plain tables with every row.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const { DataTable } = window;
  if (!DataTable) return;

  // Unknown amounts and dates come last in both directions.
  const knownFirst = (compare) => (a, b) =>
    a === "" || b === "" ? (a === "") - (b === "") : compare(Number(a), Number(b));
  DataTable.type("unknown-last", {
    order: { asc: knownFirst((a, b) => a - b), desc: knownFirst((a, b) => b - a) },
  });

  for (const element of document.querySelectorAll("table.listing")) {
    const heads = [...element.tHead.rows[0].cells];
    const names = heads.map((head) => head.textContent);
    const table = new DataTable(element, {
      paging: false,
      autoWidth: false,
      order: [],
      columnDefs: [
        { targets: [".number", ".date"], orderSequence: ["desc", "asc"] },
        { targets: "_all", orderSequence: ["asc", "desc"] },
      ],
      layout: { topStart: "search", topEnd: "info", bottomStart: null, bottomEnd: null },
      language: {
        search: "Search this table",
        info: "_TOTAL_ rows",
        infoEmpty: "No rows",
        infoFiltered: "of _MAX_",
        zeroRecords: "No row fits. Clear the search or a filter.",
      },
    });
    addFilters(table, names, heads.flatMap((head, place) => ("filter" in head.dataset ? [place] : [])));
  }

  function addFilters(table, names, places) {
    const row = document.createElement("div");
    row.className = "listing-filters";
    for (const place of places) {
      const column = table.column(place);
      const label = row.appendChild(document.createElement("label"));
      const select = document.createElement("select");
      label.append(names[place], " ", select);
      select.add(new Option("all", ""));
      const values = column.nodes().toArray().map((cell) => cell.textContent);
      for (const value of [...new Set(values)].sort()) select.add(new Option(value, value));
      select.addEventListener("change", () => {
        const wanted = select.value;
        column.search(wanted === "" ? "" : (text) => text === wanted).draw();
      });
    }
    table.table().container().prepend(row);
  }
});
