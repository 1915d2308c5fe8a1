// Filtra lo que ya está en la página: convocatorias por región y productos por palabra. Sin guion se ve todo.
"use strict";

const formulario = document.querySelector("[data-filtro]");
const pedido = new URLSearchParams(location.search);

function llano(texto) {
  return texto.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

function filtrarRegion(region) {
  const tarjetas = [...document.querySelectorAll(".tarjeta[data-regiones]")];
  const nombre = formulario.querySelector(`option[value="${CSS.escape(region)}"]`)?.textContent;
  if (!region || !nombre) return;
  formulario.querySelector("select").value = region;
  for (const t of tarjetas) t.classList.toggle("escondida", !t.dataset.regiones.split(" ").includes(region));
  const quedan = tarjetas.filter((t) => !t.classList.contains("escondida")).length;
  for (const grupo of document.querySelectorAll("section[data-grupo]")) {
    grupo.classList.toggle("escondida", !grupo.querySelector(".tarjeta:not(.escondida)"));
  }
  contar(`${quedan} en ${nombre}.`);
}

function contar(texto) {
  const lugar = document.querySelector("[data-cuenta]");
  const todas = document.createElement("a");
  todas.href = location.pathname;
  todas.className = "toque";
  todas.textContent = "Ver todas las regiones";
  lugar.replaceChildren(Object.assign(document.createElement("strong"), { textContent: texto }), " ", todas);
  lugar.hidden = false;
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

if (formulario?.dataset.filtro === "regiones") {
  filtrarRegion(pedido.get("region") ?? "");
} else if (formulario?.dataset.filtro === "texto") {
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
