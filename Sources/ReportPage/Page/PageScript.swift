/// Sorts a table by a column when its heading is clicked. The page says all without it.
enum PageScript {
    /// No sign in it has a meaning in XML.
    static let sorting: StaticString = """
        document.querySelectorAll("table.sortable").forEach(function (table) {
          var heads = Array.from(table.tHead.rows[0].cells);
          heads.forEach(function (head, column) {
            var button = document.createElement("button");
            button.type = "button";
            button.textContent = head.textContent;
            head.textContent = "";
            head.appendChild(button);
            button.addEventListener("click", function () {
              var isDown = head.getAttribute("aria-sort") === "descending";
              heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
              head.setAttribute("aria-sort", isDown ? "ascending" : "descending");
              var rows = Array.from(table.tBodies[0].rows);
              rows.sort(function (first, second) {
                var one = first.cells[column], two = second.cells[column];
                var order = one.dataset.order === undefined
                  ? one.textContent.localeCompare(two.textContent)
                  : Number(one.dataset.order) - Number(two.dataset.order);
                return isDown ? order : -order;
              });
              rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
            });
          });
        });

        """
}
