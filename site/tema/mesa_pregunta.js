// Una pregunta del formulario dibujada para la mesa: su campo, lo escrito y si le toca a quien postula.

import { campo, crear } from "./mesa_piezas.js";

const TECLADOS = { plata: "numeric", entero: "numeric", telefono: "tel", correo: "email", actividad: "numeric" };

export class CampoDePregunta {
  constructor(pregunta) {
    this.pregunta = pregunta;
    this.tipos = pregunta.tipos_persona;
    this.entrada = entradaDe(pregunta);
    const nombre = pregunta.obligatoria ? pregunta.titulo : `${pregunta.titulo} (puede quedar en blanco)`;
    this.nodo = pregunta.tipo === "casilla" ? this.casilla(pregunta) : campo(`p-${pregunta.clave}`, nombre, pregunta.ayuda, this.entrada);
  }

  casilla({ clave }) {
    this.entrada.id = `p-${clave}`;
    return crear("fieldset", { class: "campo m-declara" }, crear("legend", {}, "La declaración"),
      crear("label", { class: "m-opcion" }, this.entrada, crear("span", {}, "La persona firmó que lo escrito es verdad")));
  }

  get valor() {
    if (this.pregunta.tipo === "casilla") return this.entrada.checked ? "si" : "";
    return this.entrada.value;
  }

  get visible() { return !this.nodo.hidden; }

  poner(valor) { this.entrada.value = valor; }

  mostrar(toca) { this.nodo.hidden = !toca; }
}

function entradaDe(pregunta) {
  const { tipo, opciones, largo_maximo: largo } = pregunta;
  if (tipo === "casilla") return crear("input", { type: "checkbox" });
  if (tipo === "si_no") return lista([{ valor: "si", texto: "Sí" }, { valor: "no", texto: "No" }]);
  if (opciones.length > 0) return lista(opciones);
  if (tipo === "texto_largo") return crear("textarea", { rows: "4", maxlength: largo });
  return crear("input", {
    type: "text", autocomplete: "off", inputmode: TECLADOS[tipo] ?? null, list: tipo === "comuna" ? "ingreso-comunas" : null,
    spellcheck: tipo === "texto" ? null : "false",
  });
}

function lista(opciones) {
  return crear("select", {}, [{ valor: "", texto: "Elige" }, ...opciones].map(({ valor, texto }) => crear("option", { value: valor }, texto)));
}

/** Un campo que no es del formulario, con algo más debajo si hace falta. */
export function campoSuelto(id, nombre, ayuda, entrada, ...mas) {
  const nodo = campo(id, nombre, ayuda, entrada);
  nodo.append(...mas);
  return nodo;
}
