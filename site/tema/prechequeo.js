// La revisión de requisitos al instante: lee lo que se responde, busca en la tabla y lo muestra. No pide ni guarda nada.
"use strict";

const formularioPre = document.querySelector("form[data-tabla]");
const tabla = JSON.parse(formularioPre.dataset.tabla);
const { palabras, titulos, cuentas } = JSON.parse(formularioPre.dataset.palabras);
const sumario = document.querySelector(".sumario");
const tipoElegido = () => formularioPre.elements.tipo_persona.value;

function leToca(pregunta) {
  return tabla.preguntas[pregunta].tipos.includes(tipoElegido());
}

// {respuestas, errores}: lo que no le toca, lo vacío y lo que no se entiende cuentan como sin respuesta.
function leerRespuestas() {
  const respuestas = {};
  const errores = {};
  for (const clave of Object.keys(tabla.preguntas).filter(leToca)) {
    const { valor, error } = canonizar(formularioPre.elements[clave].value, tabla.preguntas[clave], tabla);
    if (error) errores[clave] = error;
    respuestas[clave] = valor ?? "";
  }
  return { respuestas, errores };
}

function nombres() {
  const elegida = formularioPre.elements.comuna?.selectedOptions[0];
  return { comuna: elegida ? elegida.textContent : "" };
}

function poner(elemento, { regla, resultado }) {
  elemento.setAttribute("class", `r-${resultado}`);
  elemento.removeAttribute("hidden");
  elemento.querySelector("use").setAttribute("href", `#m-${resultado}`);
  return tabla.fuera.includes(regla) ? palabras.fuera : palabras[resultado];
}

function pintarRegla(elemento, hallazgo) {
  const palabra = poner(elemento, hallazgo);
  elemento.querySelector("[data-palabra]").textContent = `: ${palabra}`;
  elemento.querySelector("[data-frase]").textContent = hallazgo.frase;
  elemento.querySelector("[data-declarado]").textContent = hallazgo.declarado ? ` Respondiste: ${hallazgo.declarado}.` : "";
  elemento.querySelector(".clausula").textContent = `${hallazgo.clausula}.`;
  elemento.querySelector("[data-correccion]").hidden = hallazgo.resultado !== "no_cumple";
}

function pintarReglas(hallazgos) {
  const vistos = Object.fromEntries(hallazgos.map((h) => [h.regla, h]));
  for (const elemento of document.querySelectorAll("[data-regla], [data-puesto]")) {
    const hallazgo = vistos[elemento.dataset.regla ?? elemento.dataset.puesto];
    if (!hallazgo) elemento.setAttribute("hidden", "");
    else if (elemento.dataset.regla) pintarRegla(elemento, hallazgo);
    else poner(elemento, hallazgo);
  }
}

// Junto a cada pregunta, lo que dice la regla que la mira, cuando ya se contestó.
function pintarDichos(hallazgos, respuestas) {
  for (const lugar of formularioPre.querySelectorAll("[data-dichos]")) lugar.replaceChildren();
  for (const hallazgo of hallazgos) {
    const { junto } = tabla.reglas[hallazgo.regla];
    const lugar = formularioPre.querySelector(`[data-pregunta="${junto}"] [data-dichos]`);
    if (!lugar || !respuestas[junto] || tabla.fuera.includes(hallazgo.regla)) continue;
    const dicho = document.createElement("p");
    const marca = document.querySelector(`[data-regla="${hallazgo.regla}"] > svg`).cloneNode(true);
    dicho.className = `dicho r-${hallazgo.resultado}`;
    dicho.append(marca, hallazgo.frase);
    lugar.append(dicho);
  }
}

function resumir(hallazgos) {
  const contados = hallazgos.filter((h) => !tabla.fuera.includes(h.regla));
  const cuenta = (resultado) => contados.filter((h) => h.resultado === resultado).length;
  const mayor = Object.keys(titulos).find(cuenta);
  const [deUno, deVarios] = titulos[mayor];
  sumario.querySelector("[data-titulo]").textContent = cuenta(mayor) === 1 ? deUno : deVarios.replace("{n}", cuenta(mayor));
  const partes = Object.keys(cuentas).filter(cuenta).map((resultado) => {
    const parte = document.createElement("span");
    parte.className = `r-${resultado}`;
    parte.textContent = `${cuentas[resultado]}: ${cuenta(resultado)}`;
    return parte;
  });
  sumario.querySelector("[data-cuenta]").replaceChildren(...partes);
}

function mostrarPreguntas() {
  for (const bloque of formularioPre.querySelectorAll("[data-pregunta]")) bloque.hidden = !leToca(bloque.dataset.pregunta);
}

function actualizar() {
  mostrarPreguntas();
  const { respuestas, errores } = leerRespuestas();
  const hallazgos = revisar(tabla, respuestas, nombres());
  pintarReglas(hallazgos);
  pintarDichos(hallazgos, respuestas);
  if (Object.values(respuestas).some(Boolean)) resumir(hallazgos);
  for (const clave of Object.keys(tabla.preguntas)) if (!errores[clave]) marcarError(clave, "");
  return errores;
}

// El mensaje va donde lo pone la función: bajo la ayuda, unido a su campo.
function marcarError(clave, mensaje) {
  const bloque = formularioPre.querySelector(`[data-pregunta="${clave}"]`);
  const control = bloque.querySelector("input, select");
  const puesto = bloque.querySelector(".msj");
  puesto?.remove();
  bloque.querySelector(".campo").classList.toggle("con-error", Boolean(mensaje));
  const descritas = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== `error-${clave}`);
  if (mensaje) {
    const aviso = Object.assign(document.createElement("p"), { className: "msj", id: `error-${clave}`, textContent: mensaje });
    (control.closest(".plata") ?? control).before(aviso);
    control.setAttribute("aria-invalid", "true");
    descritas.push(aviso.id);
  } else control.removeAttribute("aria-invalid");
  if (descritas.length) control.setAttribute("aria-describedby", descritas.join(" "));
}

// Arriba y con el foco, como la página de la función: cada mensaje lleva a su campo.
function resumirErrores(errores) {
  const lugar = formularioPre.querySelector("[data-errores]");
  const cuantos = Object.keys(errores).length;
  document.title = cuantos ? `Error: ${tituloSinError}` : tituloSinError;
  lugar.replaceChildren();
  if (!cuantos) return;
  const aviso = Object.assign(document.createElement("div"), { className: "errores", tabIndex: -1 });
  aviso.setAttribute("role", "alert");
  const lista = document.createElement("ul");
  for (const [clave, mensaje] of Object.entries(errores)) {
    const enlace = Object.assign(document.createElement("a"), { href: `#${clave}`, textContent: mensaje });
    lista.append(document.createElement("li"));
    lista.lastChild.append(enlace);
  }
  const titulo = document.createElement("h2");
  titulo.textContent = `Falta arreglar ${cuantos === 1 ? "una cosa" : `${cuantos} cosas`}`;
  aviso.append(titulo, lista);
  lugar.append(aviso);
  aviso.focus();
}

function enviar(evento) {
  evento.preventDefault();
  const errores = actualizar();
  for (const [clave, mensaje] of Object.entries(errores)) marcarError(clave, mensaje);
  resumirErrores(errores);
  if (!Object.keys(errores).length) document.getElementById("requisitos").focus();
}

// Al dejar un campo se dice lo que no se entendió; mientras se escribe, no.
function dejar(evento) {
  const clave = evento.target.name;
  if (clave in tabla.preguntas) marcarError(clave, actualizar()[clave] ?? "");
}

const tituloSinError = document.title;
sumario.hidden = false;
formularioPre.addEventListener("input", actualizar);
formularioPre.addEventListener("change", dejar);
formularioPre.addEventListener("submit", enviar);
// Al volver atrás, el navegador repone lo escrito después de esto: se mira otra vez.
addEventListener("pageshow", actualizar);
actualizar();
