// Cómo está un evento se calcula al mirar: si viene, si está pasando o si ya se hizo. Y qué día es hoy en el calendario.
"use strict";

const HOY_EN_CHILE = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Santiago" });

function estadoDelEvento(d, ahora) {
  if (d.situacion === "cancelado") return null;
  if (ahora > new Date(d.termino)) return ["Realizado", "cerrada"];
  if (d.situacion === "programado" && ahora >= new Date(d.inicio)) return ["Está pasando", "abierta"];
  return null;
}

function pintarEventos(ahora) {
  for (const raiz of document.querySelectorAll("[data-evento]")) {
    const estado = estadoDelEvento(raiz.dataset, ahora);
    if (!estado) continue;
    // La convocatoria de un evento tiene su propio estado: lo pone estado.js.
    for (const etiqueta of raiz.querySelectorAll("[data-estado]:not([data-convocatoria] *)")) {
      etiqueta.textContent = estado[0];
      etiqueta.className = `est ${estado[1]}`;
    }
  }
}

function marcarHoy(ahora) {
  const hoy = document.querySelector(`.mes time[datetime="${HOY_EN_CHILE.format(ahora)}"]`);
  if (!hoy) return;
  hoy.closest("td").classList.add("hoy");
  hoy.setAttribute("aria-current", "date");
}

pintarEventos(new Date());
marcarHoy(new Date());
