// El estado se calcula cuando se mira, con la hora de Chile continental: la misma regla que funciones/dominio/convocatoria.py.
"use strict";

const PALABRAS = {
  proxima: ["Próxima", "proxima"],
  abierta: ["Abierta", "abierta"],
  con_lista_de_espera: ["Cupos completos, con lista de espera", "espera"],
  suspendida: ["Suspendida", "suspendida"],
  en_evaluacion: ["En evaluación", "evaluacion"],
  resultados: ["Con resultados", "resultados"],
  cerrada: ["Cerrada", "cerrada"],
  cancelada: ["Cancelada", "no"],
};
const RECIBEN = ["abierta", "con_lista_de_espera"];
const MINUTO = 6e4;
const DIA = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Santiago" });
// Lo último que se supo de los cupos de cada convocatoria de la página.
const cuposDe = new WeakMap();

function estadoDe(d, ahora, cupo) {
  if (d.situacion === "cancelada" || d.situacion === "suspendida") return d.situacion;
  if (ahora < new Date(d.apertura)) return "proxima";
  if (ahora < new Date(d.cierre)) return estadoAbierta(cupo);
  if (ahora < new Date(d.resultados)) return "en_evaluacion";
  return ahora <= new Date(d.termino) ? "resultados" : "cerrada";
}

function estadoAbierta(cupo) {
  if (!cupo) return "abierta";
  const { postulaciones_maximas: tope, espera_maxima: espera } = cupo;
  if (tope !== null && tope !== undefined && cupo.recibidas >= tope) return "cerrada";
  if (cupo.asignados < cupo.cupos) return "abierta";
  return espera !== null && espera !== undefined && cupo.espera >= espera ? "cerrada" : "con_lista_de_espera";
}

// Días de calendario en Chile, no tramos de 24 horas: el cambio de hora no mueve la cuenta.
function diasHasta(momento, ahora) {
  return Math.round((Date.parse(DIA.format(new Date(momento))) - Date.parse(DIA.format(ahora))) / 864e5);
}

function cuantos(n, uno, varios) {
  return n === 1 ? `falta 1 ${uno}` : `faltan ${n} ${varios}`;
}

function faltan(cierre, ahora) {
  const dias = diasHasta(cierre, ahora);
  if (dias > 0) return dias === 1 ? "Falta 1 día." : quedanDias(dias);
  const minutos = Math.ceil((new Date(cierre) - ahora) / MINUTO);
  const falta = minutos < 60 ? cuantos(minutos, "minuto", "minutos") : cuantos(Math.floor(minutos / 60), "hora", "horas");
  return minutos > 0 ? `Cierra hoy: ${falta}.` : "";
}

// Muy lejos basta la fecha.
function quedanDias(dias) {
  return dias > 60 ? "" : `Faltan ${dias} días.`;
}

function abreEn(apertura, ahora) {
  const dias = diasHasta(apertura, ahora);
  if (dias < 1) return "Abre hoy.";
  return dias === 1 ? "Abre mañana." : quedanDias(dias);
}

function numero(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ".");
}

function pintar(raiz, ahora, cupo) {
  const d = raiz.dataset;
  const estado = estadoDe(d, ahora, cupo);
  d.vivo = estado;
  for (const etiqueta of raiz.querySelectorAll("[data-estado]")) {
    etiqueta.textContent = PALABRAS[estado][0];
    etiqueta.className = `est ${PALABRAS[estado][1]}`;
  }
  // Cerrada antes de su fecha: se completó. Tiene sus propias palabras, porque no «cerró el» día que aún no llega.
  const parte = estado === "cerrada" && ahora < new Date(d.cierre) ? "completa" : estado;
  for (const nodo of raiz.querySelectorAll("[data-solo]")) nodo.hidden = !nodo.dataset.solo.split(" ").includes(parte);
  for (const cuenta of raiz.querySelectorAll("[data-faltan]")) cuenta.textContent = faltan(d.cierre, ahora);
  for (const cuenta of raiz.querySelectorAll("[data-abre]")) cuenta.textContent = abreEn(d.apertura, ahora);
  if (raiz.classList.contains("tarjeta")) mudar(raiz, estado);
}

// La tarjeta se va al grupo de su estado; en la portada, que muestra uno solo, se esconde.
function mudar(tarjeta, estado) {
  const propio = tarjeta.closest("[data-grupo]");
  if (!propio) return;
  if ("fijo" in propio.dataset) {
    tarjeta.hidden = !propio.dataset.grupo.split(" ").includes(estado);
  } else if (!propio.dataset.grupo.split(" ").includes(estado)) {
    (tarjeta.closest("[data-lugar]") ?? document).querySelector(`[data-grupo~="${estado}"] > ul`)?.append(tarjeta);
  }
}

function ordenarGrupos() {
  for (const grupo of document.querySelectorAll("[data-grupo]")) {
    const hay = grupo.querySelector(".tarjeta:not([hidden])");
    if (!("fijo" in grupo.dataset)) grupo.hidden = !hay;
    for (const aviso of grupo.querySelectorAll("[data-vacio]")) aviso.hidden = Boolean(hay);
  }
  document.dispatchEvent(new Event("estados"));
}

function mirarLaHora(raices) {
  const ahora = new Date();
  for (const raiz of raices) pintar(raiz, ahora, cuposDe.get(raiz) ?? null);
  ordenarGrupos();
}

function empezar() {
  const raices = [...document.querySelectorAll("[data-convocatoria]")];
  mirarLaHora(raices);
  // Donde no se muestran los cupos tampoco se preguntan.
  const vivas = raices.filter((raiz) => RECIBEN.includes(raiz.dataset.vivo) && raiz.querySelector("[data-cupos]"));
  Promise.allSettled(vivas.map((raiz) => mirarCupos(raiz))).then(() => mirarLaHora(raices));
  // Una página que queda abierta no puede seguir diciendo «abierta» después de la hora.
  setInterval(() => mirarLaHora(raices), MINUTO);
}

empezar();
