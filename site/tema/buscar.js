// La página del buscador antes de la primera tecla: muestra el formulario y espera. El índice y el motor llegan después.
"use strict";

const formularioBuscador = document.querySelector("[data-buscador]");
let buscadorCargado;

function cargarBuscador() {
  buscadorCargado ??= import("./buscar_pagina.js").then(
    (pagina) => pagina.empezar(formularioBuscador),
    () => {
      buscadorCargado = undefined;
      document.querySelector("[data-hallazgos]").hidden = false;
      document.querySelector("[data-cuenta]").textContent = "No pudimos empezar a buscar. Revisa tu conexión y escribe de nuevo.";
    },
  );
}

formularioBuscador.hidden = false;
document.querySelector("[data-ejemplos]").hidden = false;
formularioBuscador.addEventListener("input", cargarBuscador);
formularioBuscador.addEventListener("submit", (evento) => {
  evento.preventDefault();
  cargarBuscador();
});
// Quien llega con algo escrito en la dirección ya buscó; quien llega sin nada, va a escribir.
if ([...new URLSearchParams(location.search).values()].some(Boolean)) cargarBuscador();
else if (matchMedia("(hover: hover)").matches) formularioBuscador.elements.q.focus();
