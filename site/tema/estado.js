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
const DIA = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Santiago" });
const HORA = new Intl.DateTimeFormat("es-CL", { timeZone: "America/Santiago", hour: "numeric", minute: "2-digit", hour12: false });
const MES = new Intl.DateTimeFormat("es-CL", { timeZone: "America/Santiago", day: "numeric", month: "short" });

function estadoDe(d, ahora, cupo) {
  if (d.situacion === "cancelada" || d.situacion === "suspendida") return d.situacion;
  if (ahora < new Date(d.apertura)) return "proxima";
  if (ahora < new Date(d.cierre)) return estadoAbierta(cupo);
  if (ahora < new Date(d.resultados)) return "en_evaluacion";
  return ahora <= new Date(d.termino) ? "resultados" : "cerrada";
}

function estadoAbierta(cupo) {
  if (!cupo || cupo.asignados < cupo.cupos) return "abierta";
  const tope = cupo.espera_maxima;
  return tope !== null && tope !== undefined && cupo.espera >= tope ? "cerrada" : "con_lista_de_espera";
}

// Días de calendario en Chile, no tramos de 24 horas: el cambio de hora no mueve la cuenta.
function diasHasta(cierre, ahora) {
  return Math.round((Date.parse(DIA.format(new Date(cierre))) - Date.parse(DIA.format(ahora))) / 864e5);
}

function faltan(cierre, ahora) {
  const dias = diasHasta(cierre, ahora);
  if (dias === 0) return "Cierra hoy.";
  return dias === 1 ? "Falta 1 día." : `Faltan ${dias} días.`;
}

function numero(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ".");
}

function pintar(raiz, ahora, cupo) {
  const d = raiz.dataset;
  const estado = estadoDe(d, ahora, cupo);
  for (const etiqueta of raiz.querySelectorAll("[data-estado]")) {
    etiqueta.textContent = PALABRAS[estado][0];
    etiqueta.className = `est ${PALABRAS[estado][1]}`;
  }
  for (const parte of raiz.querySelectorAll("[data-solo]")) {
    parte.hidden = !parte.dataset.solo.split(" ").includes(estado);
  }
  for (const cuenta of raiz.querySelectorAll("[data-faltan]")) cuenta.textContent = faltan(d.cierre, ahora);
  if (raiz.classList.contains("tarjeta")) mudar(raiz, estado);
}

// La tarjeta se va al grupo de su estado; en la portada, que muestra uno solo, se esconde.
function mudar(tarjeta, estado) {
  const propio = tarjeta.closest("[data-grupo]");
  if (!propio) return;
  if ("fijo" in propio.dataset) {
    tarjeta.hidden = !propio.dataset.grupo.split(" ").includes(estado);
  } else if (!propio.dataset.grupo.split(" ").includes(estado)) {
    document.querySelector(`[data-grupo~="${estado}"] > ul`)?.append(tarjeta);
  }
}

function ordenarGrupos() {
  for (const grupo of document.querySelectorAll("[data-grupo]")) {
    const hay = grupo.querySelector(".tarjeta:not([hidden])");
    if (!("fijo" in grupo.dataset)) grupo.hidden = !hay;
    for (const aviso of grupo.querySelectorAll("[data-vacio]")) aviso.hidden = Boolean(hay);
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
  texto.textContent = `Hoy, ${MES.format(ahora)}`;
  if (parte > 0.6) {
    texto.setAttribute("text-anchor", "end");
    texto.setAttribute("x", "-6");
  }
  linea.setAttribute("transform", `translate(${10 + parte * 340} 0)`);
  linea.removeAttribute("class");
}

// Nunca «quedan N»: un cupo libre puede estar en revisión.
function mostrarCupos(raiz, cupo, ahora) {
  const partes = [
    `${numero(cupo.cupos)} cupos`,
    `${numero(cupo.asignados)} asignados`,
    `${numero(cupo.en_revision)} en revisión`,
    `${numero(cupo.espera)} en espera`,
  ];
  for (const lugar of raiz.querySelectorAll("[data-cupos]")) lugar.textContent = `${partes.join(" · ")}.`;
  for (const lugar of raiz.querySelectorAll("[data-cupos-detalle]")) {
    lugar.textContent = `${partes.slice(1).join(" · ")}. Dato de hoy a las ${HORA.format(ahora)}.`;
  }
  raiz.querySelectorAll("[data-cupos-dibujo] path").forEach((puesto, i) => {
    puesto.setAttribute("class", i < cupo.asignados ? "si" : "no");
  });
  for (const dibujo of raiz.querySelectorAll("[data-cupos-dibujo]")) {
    dibujo.setAttribute("aria-label", `${numero(cupo.asignados)} de ${numero(cupo.cupos)} cupos asignados`);
  }
}

async function preguntarCupos(raiz) {
  const respuesta = await fetch(`/api/convocatorias/${raiz.dataset.convocatoria}/cupos`, {
    headers: { Accept: "application/json" },
  });
  if (!respuesta.ok) return;
  const cupo = await respuesta.json();
  const ahora = new Date();
  mostrarCupos(raiz, cupo, ahora);
  pintar(raiz, ahora, cupo);
}

function empezar() {
  const ahora = new Date();
  const raices = [...document.querySelectorAll("[data-convocatoria]")];
  for (const raiz of raices) pintar(raiz, ahora, null);
  hoyEnElCalendario(ahora);
  ordenarGrupos();
  const vivas = raices.filter((raiz) => RECIBEN.includes(estadoDe(raiz.dataset, ahora, null)));
  // Si la pregunta falla queda el último texto: no hay dato que afirmar.
  Promise.allSettled(vivas.map(preguntarCupos)).then(ordenarGrupos);
}

empezar();
