// La página del buscador antes de la primera tecla: muestra el formulario y espera. El índice y el motor llegan después.
"use strict";

const formularioBuscador = document.querySelector("[data-buscador]");
let buscadorCargado;

// Todo a la vez: con mala señal, cada vuelta que se espera son cuatro décimas.
const PIEZAS_DEL_BUSCADOR = ["buscar_motor", "buscar_muestra", "buscar_indice", "buscar_calce", "buscar_palabras", "snowball"];

function cargarBuscador() {
  if (buscadorCargado) return;
  const portada = fetch("/indice/portada.json").catch(() => null);
  for (const pieza of PIEZAS_DEL_BUSCADOR) import(`./${pieza}.js`).catch(() => null);
  buscadorCargado = import("./buscar_pagina.js").then(
    (pagina) => pagina.empezar(formularioBuscador, portada),
    () => {
      buscadorCargado = undefined;
      document.querySelector("[data-hallazgos]").hidden = false;
      document.querySelector("[data-cuenta]").textContent = "No pudimos empezar a buscar. Revisa tu conexión y sigue escribiendo.";
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
