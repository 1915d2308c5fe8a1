// Lo que se pide corregir: cada corrección nombra un documento o una respuesta y dice qué hacer con ella.

import { seccion } from "./mesa_expediente.js";
import { campo, crear, rellenar } from "./mesa_piezas.js";

const GRUPOS = [["documento:", "Documentos"], ["respuesta:", "Respuestas"]];
const VACIA = { que: "", texto: "" };
const MAXIMAS = 20;

const idDeQue = (lugar) => `correccion-${lugar}-que`;
const idDeTexto = (lugar) => `correccion-${lugar}-texto`;
const delBorrador = ({ correcciones: escritas }) => (escritas.length > 0 ? escritas : [VACIA]);

/** El formulario con una o más correcciones; `alCambiar` recibe todas cada vez que algo cambia. */
export function correcciones(detalle, borrador, alCambiar) {
  let filas = delBorrador(borrador).map((fila) => ({ ...fila }));
  const lista = crear("div");
  const agregar = crear("button", { type: "button", class: "boton b2 chica", al: { click: () => poner() } }, "Agregar otra corrección");
  const caja = crear("div", { class: "m-correcciones campo", role: "group", "aria-label": "Qué tiene que corregir" }, lista, agregar);

  const avisar = () => alCambiar(filas.map((fila) => ({ ...fila })));
  const cambiar = (lugar, parte, valor) => {
    filas[lugar][parte] = valor;
    avisar();
  };
  const poner = () => {
    filas.push({ ...VACIA });
    avisar();
    dibujar();
    document.getElementById(idDeQue(filas.length - 1)).focus();
  };
  const quitar = (lugar) => {
    filas = filas.filter((_, otro) => otro !== lugar);
    avisar();
    dibujar();
    document.getElementById(idDeQue(Math.min(lugar, filas.length - 1))).focus();
  };
  const dibujar = () => {
    rellenar(lista, filas.map((fila, lugar) => unaCorreccion(detalle, fila, lugar, { cambiar, quitar, sola: filas.length === 1 })));
    agregar.hidden = filas.length >= Math.min(MAXIMAS, (detalle.corregibles ?? []).length);
  };
  dibujar();
  return caja;
}

function unaCorreccion({ corregibles = [] }, fila, lugar, { cambiar, quitar, sola }) {
  const que = crear("select", { al: { change: () => cambiar(lugar, "que", que.value) } },
    crear("option", { value: "" }, "Elige qué"),
    GRUPOS.map(([prefijo, titulo]) => crear("optgroup", { label: titulo },
      corregibles.filter((uno) => uno.que.startsWith(prefijo)).map((uno) => crear("option", { value: uno.que }, uno.titulo)))));
  que.value = fila.que;
  const texto = crear("textarea", { rows: "3", maxlength: "600", al: { input: () => cambiar(lugar, "texto", texto.value) } });
  texto.value = fila.texto;
  return crear("fieldset", { class: "m-correccion" },
    crear("legend", {}, `Corrección ${lugar + 1}`),
    campo(idDeQue(lugar), "Documento o respuesta", null, que),
    campo(idDeTexto(lugar), "Qué tiene que hacer", null, texto),
    !sola && crear("button", { type: "button", class: "boton b2 chica", al: { click: () => quitar(lugar) } },
      "Quitar", crear("span", { class: "oculto" }, ` la corrección ${lugar + 1}`)));
}

/** Lo que falta para pedirlas, como {id, texto}. */
export function faltasDeCorrecciones(borrador) {
  const filas = delBorrador(borrador);
  return filas.flatMap(({ que, texto }, lugar) => {
    const faltas = [];
    if (!que) faltas.push({ id: idDeQue(lugar), texto: `Corrección ${lugar + 1}: elige el documento o la respuesta` });
    else if (filas.findIndex((otra) => otra.que === que) < lugar) {
      faltas.push({ id: idDeQue(lugar), texto: `Corrección ${lugar + 1}: ya la pediste más arriba` });
    }
    if (!texto.trim()) faltas.push({ id: idDeTexto(lugar), texto: `Corrección ${lugar + 1}: di qué tiene que hacer` });
    return faltas;
  });
}

export const pedidas = (borrador) => delBorrador(borrador).map(({ que, texto }) => ({ que, texto: texto.trim() }));

/** El campo del formulario que corresponde a `correcciones.1.texto`, como lo nombra el servidor. */
export function elementoDeCorreccion(nombre) {
  const [grupo, lugar, parte] = nombre.split(".");
  if (grupo !== "correcciones") return null;
  return lugar === undefined ? idDeQue(0) : (parte === "texto" ? idDeTexto : idDeQue)(lugar);
}

/** Lo que ya se pidió y todavía no responde. */
export function porCorregir({ correcciones: pendientes = [] }) {
  if (pendientes.length === 0) return null;
  return seccion("por-corregir", "Lo que le pedimos corregir", crear("ul", { class: "lista" },
    pendientes.map(({ titulo, texto }) => crear("li", {}, crear("b", {}, titulo), crear("p", { class: "m-texto m-motivo" }, texto)))));
}
