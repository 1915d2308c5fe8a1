// Filtra la lista de convocatorias. Lo elegido vive en la dirección: se comparte, se guarda y vuelve con «atrás».
// Sin guion están las listas por región y por estado.
"use strict";

const formulario = document.querySelector("[data-filtro-convocatorias]");
const CAMPOS = [...formulario.elements].filter((campo) => campo.name);
// Lo que trae la dirección y no es de estas listas: se dice, y no se filtra por ello.
const NO_HAY = {
  region: "No conocemos la región",
  estado: "No conocemos el estado",
  componente: "No conocemos el componente",
  modalidad: "No conocemos la modalidad",
  rubro: "Ninguna tiene el rubro",
  comuna: "Ninguna se hace en la comuna",
  tematica: "Ninguna tiene la temática",
};
let ultimoCampo = "";
let desconocidos = [];

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
  estado: (t, v) => (v === "abierta_con_espera" ? conEspera(t) : t.dataset.vivo === v),
  rubro: (t, v) => !t.dataset.rubros || t.dataset.rubros.split(" ").includes(v),
  comuna: (t, v) => t.dataset.comuna === v,
  componente: (t, v) => t.dataset.componente === v,
  modalidad: (t, v) => t.dataset.modalidad === v,
  tematica: (t, v) => t.dataset.tematica === v,
};

function conEspera(tarjeta) {
  return RECIBEN.includes(tarjeta.dataset.vivo) && tarjeta.dataset.espera === "si";
}

function elegidos() {
  return CAMPOS.filter((campo) => campo.value.trim());
}

// Un enlace viejo no deja la lista vacía: lo que no existe no filtra.
function leerDireccion() {
  const pedido = new URLSearchParams(location.search);
  desconocidos = [];
  for (const campo of CAMPOS) {
    const valor = pedido.get(campo.name) ?? "";
    const existe = !campo.options || [...campo.options].some((opcion) => opcion.value === valor);
    campo.value = existe ? valor : "";
    if (!existe) desconocidos.push(`${NO_HAY[campo.name]} «${valor}»`);
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
  contar(calzan, tarjetas.length, puestos);
  fichar(puestos);
}

// Solo se escribe si cambió: quien usa un lector de pantalla lo oye una vez.
function contar(calzan, todas, puestos) {
  const cuenta = document.querySelector("[data-cuenta]");
  const palabra = calzan === 1 ? "1 convocatoria" : `${numero(calzan)} convocatorias`;
  const texto = puestos.length ? `${palabra} de ${numero(todas)}.${dondeSon(calzan)}` : `${palabra}.`;
  if (cuenta.textContent !== texto) cuenta.textContent = texto;
  document.querySelector("[data-nada]").hidden = calzan > 0;
  ofrecerTodo(formulario.elements.q.value.trim());
}

// Con una región elegida: cuántas se hacen ahí y cuántas solo la admiten.
function dondeSon(calzan) {
  const region = formulario.elements.region.value;
  if (!region || !calzan) return "";
  const ahi = document.querySelectorAll(`[data-grupo] .tarjeta[data-sede="${region}"]:not(.escondida)`).length;
  return ` ${numero(ahi)} se ${ahi === 1 ? "hace" : "hacen"} ahí y ${numero(calzan - ahi)} también te ${calzan - ahi === 1 ? "admite" : "admiten"}.`;
}

// Aquí solo se mira en las convocatorias: lo escrito puede estar en otra parte.
function ofrecerTodo(escrito) {
  const lugar = document.querySelector("[data-en-todo]");
  const enlace = document.createElement("a");
  enlace.href = `/buscar/?${new URLSearchParams({ q: escrito })}`;
  enlace.textContent = `Buscar «${escrito}» en todo el portal`;
  lugar.replaceChildren(enlace);
  lugar.hidden = !escrito;
}

function nombreDe(campo) {
  return campo.selectedOptions ? campo.selectedOptions[0].textContent : `«${campo.value.trim()}»`;
}

function fichar(puestos) {
  const lista = document.querySelector("[data-puestos]");
  const avisos = desconocidos.map((texto) => ficha("Quitar el aviso ", texto, () => olvidar(texto)));
  const filtros = puestos.map((campo) => ficha("Quitar el filtro ", nombreDe(campo), () => quitar([campo])));
  lista.replaceChildren(...avisos, ...filtros);
  lista.hidden = lista.children.length === 0;
}

function olvidar(texto) {
  desconocidos = desconocidos.filter((otro) => otro !== texto);
  quitar([]);
}

function ficha(alTocar, texto, hacer) {
  const boton = Object.assign(document.createElement("button"), { type: "button", className: "ficha" });
  const que = Object.assign(document.createElement("span"), { className: "oculto", textContent: alTocar });
  const cruz = Object.assign(document.createElement("span"), { textContent: "×" });
  cruz.setAttribute("aria-hidden", "true");
  boton.append(que, texto, " ", cruz);
  boton.addEventListener("click", hacer);
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
  desconocidos = [];
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
