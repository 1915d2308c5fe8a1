// Los cupos se preguntan al mirar; si nadie contesta, va lo último sabido, con su hora.
"use strict";

const MEMORIA = "cupos-1";
const VIGENCIA = 6e5;
const HORA = new Intl.DateTimeFormat("es-CL", { timeZone: "America/Santiago", hour: "numeric", minute: "2-digit", hourCycle: "h23" });
const DIA_Y_MES = new Intl.DateTimeFormat("es-CL", { timeZone: "America/Santiago", day: "numeric", month: "long" });

async function mirarCupos(raiz) {
  const direccion = `/api/convocatorias/${raiz.dataset.convocatoria}/cupos`;
  const cupo = (await preguntarCupos(direccion)) ?? (await recordarCupos(direccion));
  // Sin nada recibido, vale el acta.
  if ("conActa" in raiz.dataset && !cupo?.recibidas) return;
  if (!cupo) return avisar(raiz, "Ahora no pudimos ver cuántos van.");
  // También la red guarda respuestas: con una vieja no se afirma que esté completa.
  const fresco = new Date() - new Date(cupo.al) < VIGENCIA;
  if (fresco) cuposDe.set(raiz, cupo);
  mostrarCupos(raiz, cupo, fresco);
}

async function preguntarCupos(direccion) {
  try {
    const respuesta = await fetch(direccion, { headers: { Accept: "application/json" } });
    if (!respuesta.ok) return null;
    const copia = respuesta.clone();
    const cupo = await respuesta.json();
    await guardarCupos(direccion, copia);
    return cupo;
  } catch {
    return null;
  }
}

async function guardarCupos(direccion, respuesta) {
  try {
    await (await caches.open(MEMORIA)).put(direccion, respuesta);
  } catch {
    // Sin memoria: se pregunta igual.
  }
}

async function recordarCupos(direccion) {
  try {
    const guardada = await (await caches.open(MEMORIA)).match(direccion);
    return guardada ? await guardada.json() : null;
  } catch {
    return null;
  }
}

function deCuando(cupo) {
  const al = new Date(cupo.al);
  const dias = diasHasta(new Date(), al);
  const dia = dias === 0 ? "de hoy" : dias === 1 ? "de ayer" : `del ${DIA_Y_MES.format(al)}`;
  return `${dia} a las ${HORA.format(al).replace(/^0/, "")}`;
}

// Nunca «quedan N»: un cupo libre puede estar en revisión.
function mostrarCupos(raiz, cupo, fresco) {
  const cifras = [
    [cupo.cupos, "cupos"],
    [cupo.asignados, "asignados"],
    [cupo.en_revision, "en revisión"],
    [cupo.espera, "en espera"],
  ];
  for (const lugar of raiz.querySelectorAll("[data-cupos]")) lugar.replaceChildren(enCifras(cifras));
  for (const lugar of raiz.querySelectorAll("[data-cupos-detalle]")) {
    const partes = cifras.slice(1).map(([n, que]) => `${numero(n)} ${que}`);
    lugar.textContent = `${partes.join(" · ")}.`;
  }
  avisar(raiz, fresco ? `Dato ${deCuando(cupo)}.` : `Último dato, ${deCuando(cupo)}. Ahora no pudimos preguntar.`);
  raiz.dispatchEvent(new CustomEvent("cupos", { detail: cupo }));
}

function enCifras(cifras) {
  const lista = document.createElement("dl");
  lista.className = "van";
  for (const [n, que] of cifras) {
    const par = document.createElement("div");
    par.append(
      Object.assign(document.createElement("dt"), { textContent: que }),
      Object.assign(document.createElement("dd"), { textContent: numero(n) }),
    );
    lista.append(par);
  }
  return lista;
}

function avisar(raiz, texto) {
  for (const lugar of raiz.querySelectorAll("[data-cupos-aviso]")) {
    lugar.textContent = texto;
    lugar.hidden = false;
  }
}
