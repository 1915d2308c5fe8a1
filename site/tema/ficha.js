// Los dibujos de una convocatoria: un puesto pintado por cada cupo asignado, y la línea de hoy en su calendario.
"use strict";

const DIA_CORTO = new Intl.DateTimeFormat("es-CL", { timeZone: "America/Santiago", day: "numeric", month: "short" });

function dibujarCupos({ currentTarget: raiz, detail: cupo }) {
  raiz.querySelectorAll("[data-cupos-dibujo] path").forEach((puesto, i) => {
    puesto.setAttribute("class", i < cupo.asignados ? "si" : "no");
  });
  for (const dibujo of raiz.querySelectorAll("[data-cupos-dibujo]")) {
    dibujo.setAttribute("aria-label", `${numero(cupo.asignados)} de ${numero(cupo.cupos)} cupos asignados`);
  }
}

function hoyEnElCalendario(ahora) {
  const dibujo = document.querySelector("[data-desde][data-hasta]");
  if (!dibujo) return;
  const [desde, hasta] = [Date.parse(dibujo.dataset.desde), Date.parse(dibujo.dataset.hasta)];
  const parte = (Date.parse(DIA.format(ahora)) - desde) / (hasta - desde);
  if (parte < 0 || parte > 1) return;
  const linea = dibujo.querySelector("[data-hoy]");
  const texto = linea.querySelector("text");
  texto.textContent = `Hoy, ${DIA_CORTO.format(ahora)}`;
  if (parte > 0.6) {
    texto.setAttribute("text-anchor", "end");
    texto.setAttribute("x", "-6");
  }
  linea.setAttribute("transform", `translate(${10 + parte * 340} 0)`);
  linea.removeAttribute("class");
}

document.querySelector("[data-convocatoria]").addEventListener("cupos", dibujarCupos);
// Cuando ya corrieron los demás guiones, que saben qué día es en Chile.
addEventListener("DOMContentLoaded", () => hoyEnElCalendario(new Date()));
