// Filtra la lista de convocatorias. Lo elegido vive en la dirección: se comparte, se guarda y vuelve con «atrás».
// Sin guion están las listas por región y por estado.
"use strict";

const formulario = document.querySelector("[data-filtro-convocatorias]");
const CAMPOS = [...formulario.elements].filter((campo) => campo.name);
let ultimoCampo = "";

function llano(texto) {
  return texto.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

// «ferias» encuentra feria y «artesanales», artesanal: basta el comienzo de la palabra.
function raizDe(palabra) {
  return palabra.length > 4 ? palabra.replace(/e?s$/, "") : palabra;
}

function calzaTexto(tarjeta, escrito) {
  const donde = llano(`${tarjeta.textContent} ${tarjeta.dataset.texto}`);
  return llano(escrito).split(/\s+/).filter(Boolean).every((palabra) => donde.includes(raizDe(palabra)));
}

// Cómo calza cada filtro; el que no está en la página no se mira.
const CALZA = {
  q: calzaTexto,
  region: (t, v) => t.dataset.regiones.split(" ").includes(v),
  estado: (t, v) => t.dataset.vivo === v,
  rubro: (t, v) => !t.dataset.rubros || t.dataset.rubros.split(" ").includes(v),
  comuna: (t, v) => t.dataset.comuna === v,
  componente: (t, v) => t.dataset.componente === v,
  modalidad: (t, v) => t.dataset.modalidad === v,
  tematica: (t, v) => t.dataset.tematica === v,
};

function elegidos() {
  return CAMPOS.filter((campo) => campo.value.trim());
}

// Lo que trae la dirección y no existe se ignora: un enlace viejo no deja la lista vacía.
function leerDireccion() {
  const pedido = new URLSearchParams(location.search);
  for (const campo of CAMPOS) {
    const valor = pedido.get(campo.name) ?? "";
    const existe = !campo.options || [...campo.options].some((opcion) => opcion.value === valor);
    campo.value = existe ? valor : "";
  }
  const mas = formulario.querySelector("details");
  if (mas && elegidos().some((campo) => mas.contains(campo))) mas.open = true;
}

function direccion() {
  const pares = elegidos().map((campo) => [campo.name, campo.value.trim()]);
  return pares.length ? `?${new URLSearchParams(pares)}` : location.pathname;
}

// Seguir moviendo el mismo campo no llena el historial: una vuelta atrás por filtro.
function anotar(campo) {
  const poner = campo === ultimoCampo ? "replaceState" : "pushState";
  history[poner](null, "", direccion());
  ultimoCampo = campo;
}

function filtrar() {
  const puestos = elegidos();
  const tarjetas = [...document.querySelectorAll("[data-grupo] .tarjeta")];
  let calzan = 0;
  for (const tarjeta of tarjetas) {
    const si = puestos.every((campo) => CALZA[campo.name](tarjeta, campo.value.trim()));
    tarjeta.classList.toggle("escondida", !si);
    calzan += si ? 1 : 0;
  }
  for (const grupo of document.querySelectorAll("section[data-grupo]")) {
    grupo.classList.toggle("escondida", !grupo.querySelector(".tarjeta:not(.escondida)"));
  }
  contar(calzan, tarjetas.length, puestos.length);
  fichar(puestos);
}

// Solo se escribe si cambió: quien usa un lector de pantalla lo oye una vez.
function contar(calzan, todas, puestos) {
  const cuenta = document.querySelector("[data-cuenta]");
  const palabra = calzan === 1 ? "1 convocatoria" : `${numero(calzan)} convocatorias`;
  const texto = puestos ? `${palabra} de ${numero(todas)}.` : `${palabra}.`;
  if (cuenta.textContent !== texto) cuenta.textContent = texto;
  document.querySelector("[data-nada]").hidden = calzan > 0;
}

function nombreDe(campo) {
  return campo.selectedOptions ? campo.selectedOptions[0].textContent : `«${campo.value.trim()}»`;
}

function fichar(puestos) {
  const lista = document.querySelector("[data-puestos]");
  lista.replaceChildren(...puestos.map(ficha));
  lista.hidden = puestos.length === 0;
}

function ficha(campo) {
  const boton = Object.assign(document.createElement("button"), { type: "button", className: "ficha" });
  const que = Object.assign(document.createElement("span"), { className: "oculto", textContent: "Quitar el filtro " });
  const cruz = Object.assign(document.createElement("span"), { textContent: "×" });
  cruz.setAttribute("aria-hidden", "true");
  boton.append(que, nombreDe(campo), " ", cruz);
  boton.addEventListener("click", () => quitar([campo]));
  const renglon = document.createElement("li");
  renglon.append(boton);
  return renglon;
}

function quitar(campos) {
  for (const campo of campos) campo.value = "";
  ultimoCampo = null;
  anotar("");
  filtrar();
  // El botón que tenía el foco ya no está.
  (document.querySelector("[data-puestos] button") ?? CAMPOS[0]).focus();
}

function alCambiar(evento) {
  if (!evento.target.name) return;
  anotar(evento.target.name);
  filtrar();
}

formulario.addEventListener("input", alCambiar);
formulario.addEventListener("submit", (evento) => {
  evento.preventDefault();
  filtrar();
  document.querySelector("[data-cuenta]").focus();
});
document.querySelector("[data-quitar-todo]").addEventListener("click", (evento) => {
  evento.preventDefault();
  quitar(CAMPOS);
});
addEventListener("popstate", () => {
  ultimoCampo = "";
  leerDireccion();
  filtrar();
});
// Los cupos llegan después y pueden cambiar un estado.
document.addEventListener("estados", filtrar);
leerDireccion();
filtrar();
