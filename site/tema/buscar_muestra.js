// Cómo se ve lo hallado: la cuenta, los filtros puestos, los tipos y cada resultado. Todo texto entra como texto.
import { LETRAS_A_MEDIAS } from "./buscar_motor.js";
import { llano } from "./buscar_palabras.js";

const SVG = "http://www.w3.org/2000/svg";
const LARGO = 170;
const ANTES = 50;
const PALABRA = /[\p{L}\p{N}]+/gu;
const NOMBRES = { region: "Región", rubro: "Rubro", precio: "Precio", foto: "Con foto" };

function crear(etiqueta, atributos = {}, ...hijos) {
  const nodo = document.createElement(etiqueta);
  for (const [nombre, valor] of Object.entries(atributos)) nodo.setAttribute(nombre, valor);
  nodo.append(...hijos);
  return nodo;
}

function dibujar(caja, trazos, clases = []) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", caja);
  svg.setAttribute("aria-hidden", "true");
  trazos.forEach((d, i) => {
    const trazo = document.createElementNS(SVG, "path");
    trazo.setAttribute("d", d);
    if (clases[i]) trazo.setAttribute("class", clases[i]);
    svg.append(trazo);
  });
  return svg;
}

// Un toldo de tres franjas: el color dice la sección y la palabra de al lado, qué es.
function toldo() {
  const franja = (x) => `M${x} 0h10v8a5 5 0 0 1-10 0z`;
  const svg = dibujar("0 0 30 13", [franja(0) + franja(20), franja(10)], ["x", "y"]);
  svg.setAttribute("class", "franja");
  return svg;
}

export function contar(lugar, valores, { numeros, corregidas, todas, buscadas }) {
  const cuantos = numeros.length;
  const que = valores.q ? ` para «${valores.q}»` : "";
  const frases = [];
  if (cuantos === 0 && valores.q && valores.q.length < LETRAS_A_MEDIAS) frases.push("Sigue escribiendo: con tres letras ya buscamos.");
  else if (valores.q && buscadas.length === 0) frases.push("Escribe una palabra que diga qué buscas, por ejemplo «miel».");
  else if (cuantos === 0) frases.push(`No encontramos nada${que}. Prueba con otra palabra o con menos.`);
  else frases.push(`${cuantos === 1 ? "1 resultado" : `${miles(cuantos)} resultados`}${que}.`);
  for (const [escrita, usada] of corregidas) frases.push(`Nada dice «${escrita}». Buscamos «${usada}».`);
  if (cuantos > 0 && !todas) frases.push("Nada tiene todas tus palabras: estos tienen algunas.");
  lugar.replaceChildren(crear("strong", {}, frases[0]), ...frases.slice(1).map((f) => crear("span", {}, f)));
}

function miles(numero) {
  return String(numero).replace(/\B(?=(\d{3})+$)/g, ".");
}

export function pintarPuestos(lista, formulario, quitar) {
  const puestos = Object.keys(NOMBRES).filter((campo) => nombreDe(formulario.elements[campo]));
  lista.hidden = puestos.length === 0;
  lista.replaceChildren(
    ...puestos.map((campo) => {
      const boton = crear("button", { type: "button" }, crear("span", { class: "oculto" }, `Quitar ${NOMBRES[campo]}: `));
      boton.append(nombreDe(formulario.elements[campo]), dibujar("0 0 12 12", ["m2 2 8 8M10 2 2 10"]));
      boton.addEventListener("click", () => quitar(campo));
      return crear("li", {}, boton);
    }),
  );
}

function nombreDe(control) {
  if (control?.type === "checkbox") return control.checked ? "Con foto" : "";
  return control?.value ? control.selectedOptions[0].textContent : "";
}

export function pintarTipos(nav, { porTipo }, elegido, direccion, elegir) {
  const total = porTipo.reduce((suma, { cuantos }) => suma + cuantos, 0);
  const todos = [{ clave: "", nombre: "Todo", cuantos: total }, ...porTipo];
  nav.hidden = porTipo.length < 2 && !elegido;
  nav.firstElementChild.replaceChildren(
    ...todos.map(({ clave, nombre, cuantos }) => {
      const enlace = crear("a", { href: direccion(clave) }, `${nombre} `, crear("b", {}, miles(cuantos)));
      if (clave === elegido) enlace.setAttribute("aria-current", "true");
      enlace.addEventListener("click", (evento) => {
        if (evento.ctrlKey || evento.metaKey || evento.shiftKey) return;
        evento.preventDefault();
        elegir(clave);
        nav.querySelector("[aria-current]")?.focus();
      });
      return crear("li", {}, enlace);
    }),
  );
}

export function pintarHallazgos(lista, registros, marcas) {
  lista.append(...registros.map((registro) => hallazgo(registro, marcas)));
}

function hallazgo({ titulo, ruta, detalle, texto, demostracion, estado, vida, tipo }, marcas) {
  const fila = crear("p", { class: "fila" }, crear("span", { class: "b-clase" }, toldo(), tipo.nombre));
  const vivo = vida ? estadoVivo(vida) : estado;
  if (vivo) fila.append(crear("span", { class: `est ${vivo[1]}` }, vivo[0]));
  if (demostracion) fila.append(crear("span", { class: "demo" }, "DEMOSTRACIÓN"));
  const li = crear("li", { class: `b-hallazgo ${tipo.color}` }, fila);
  li.append(crear("h3", {}, crear("a", { href: ruta }, ...destacar(titulo, marcas))));
  const detalles = [detalle, vivo?.[2]].filter(Boolean).join(" · ");
  if (detalles) li.append(crear("p", { class: "chico" }, detalles));
  if (texto) li.append(crear("p", {}, ...destacar(recortar(texto, marcas), marcas)));
  return li;
}

// Con la hora de quien mira, por la misma regla que las tarjetas (estado.js).
function estadoVivo({ situacion, apertura, cierre, resultados, termino }) {
  const ahora = new Date();
  const estado = estadoDe({ situacion, apertura, cierre, resultados, termino }, ahora, null);
  return [...PALABRAS[estado], estado === "abierta" ? faltan(cierre, ahora) : ""];
}

// El trozo del texto donde está lo buscado, sin partir palabras.
export function recortar(texto, marcas) {
  if (texto.length <= LARGO) return texto;
  const primera = [...texto.matchAll(PALABRA)].find(([palabra]) => esMarca(palabra, marcas));
  const inicio = primera && primera.index > LARGO - ANTES ? texto.indexOf(" ", primera.index - ANTES) + 1 : 0;
  const corte = texto.slice(inicio, inicio + LARGO);
  const fin = inicio + LARGO < texto.length ? `${corte.slice(0, corte.lastIndexOf(" "))}…` : corte;
  return inicio > 0 ? `…${fin}` : fin;
}

export function destacar(texto, marcas) {
  const partes = [];
  let visto = 0;
  for (const calce of texto.matchAll(PALABRA)) {
    if (!esMarca(calce[0], marcas)) continue;
    partes.push(texto.slice(visto, calce.index), crear("mark", {}, calce[0]));
    visto = calce.index + calce[0].length;
  }
  return [...partes, texto.slice(visto)].filter((parte) => parte !== "");
}

function esMarca(palabra, marcas) {
  return marcas.has(llano(palabra.toLowerCase()));
}
