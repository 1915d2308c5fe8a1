// Filtra por palabra los productos que ya están en la página. Sin guion se ve todo.
"use strict";

const formulario = document.querySelector("[data-filtro]");
const pedido = new URLSearchParams(location.search);

function llano(texto) {
  return texto.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

function filtrarTexto(escrito) {
  const palabras = llano(escrito).split(/\s+/).filter(Boolean);
  const tarjetas = [...document.querySelectorAll(".tarjeta[data-texto]")];
  let quedan = 0;
  for (const t of tarjetas) {
    const calza = palabras.every((p) => llano(t.dataset.texto).includes(p));
    t.hidden = !calza;
    quedan += calza ? 1 : 0;
  }
  document.querySelector("[data-cuenta-productos]").textContent = quedan === 1 ? "1 producto" : `${quedan} productos`;
  document.querySelector("[data-vacio]").hidden = quedan > 0;
}

if (formulario?.dataset.filtro === "texto") {
  const campo = formulario.querySelector("input");
  formulario.hidden = false;
  campo.value = pedido.get("q") ?? "";
  if (campo.value) filtrarTexto(campo.value);
  campo.addEventListener("input", () => filtrarTexto(campo.value));
  formulario.addEventListener("submit", (evento) => {
    evento.preventDefault();
    filtrarTexto(campo.value);
  });
}
