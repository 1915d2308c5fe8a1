// Las marcas de asistencia que no alcanzaron a enviarse: quedan en este equipo, solo con su folio, hasta que haya señal.
// Sobreviven a cerrar la pestaña: una batería que se acaba en la puerta no puede borrar quién llegó.

import { crear, enlaceABoton } from "./mesa_piezas.js";
import { quien } from "./mesa_sesion.js";

const COLUMNAS = ["folio", "asistio", "hora", "version"];
const EN_CHILE = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "America/Santiago", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

/** `2027-01-15T10:35`, la hora de Chile sea cual sea la del equipo. */
export const ahoraEnChile = () => EN_CHILE.format(new Date()).replace(" ", "T");

/** Las de una convocatoria y de quien entró: otra persona en este equipo no envía las marcas ajenas como suyas. */
export class Pendientes {
  constructor(convocatoria) {
    this.convocatoria = convocatoria;
    this.llave = `mesa.marcas.${quien().id}.${convocatoria}`;
    this.recargar();
  }

  /** Otra pestaña pudo poner o enviar alguna mientras tanto. */
  recargar() {
    this.marcas = new Map(leerGuardadas(this.llave).map((marca) => [marca.folio, marca]));
  }

  get cuantas() { return this.marcas.size; }

  de(folio) { return this.marcas.get(folio) ?? null; }

  // Al cambiar de opinión sin señal vale la versión que se tenía a la vista la primera vez.
  poner({ folio, version }, asistio) {
    this.recargar();
    this.marcas.set(folio, { folio, asistio, hora: ahoraEnChile(), version: this.de(folio)?.version ?? version });
    this.guardar();
  }

  /** Quita las que se enviaron; la que cambió mientras viajaban se queda. */
  quitar(enviadas) {
    this.recargar();
    for (const marca of enviadas) if (this.de(marca.folio)?.hora === marca.hora && this.de(marca.folio).asistio === marca.asistio) this.marcas.delete(marca.folio);
    this.guardar();
  }

  todas() { return [...this.marcas.values()]; }

  guardar() {
    const { llave } = this;
    if (this.cuantas === 0) localStorage.removeItem(llave);
    else localStorage.setItem(llave, JSON.stringify(this.todas()));
  }
}

function leerGuardadas(llave) {
  try {
    return JSON.parse(localStorage.getItem(llave) ?? "[]");
  } catch {
    return [];
  }
}

export const aCsv = (marcas) => [COLUMNAS, ...marcas.map((marca) => COLUMNAS.map((columna) => marca[columna] ?? ""))]
  .map((celdas) => celdas.join(",")).join("\n");

/** Un botón que baja ese texto como archivo, armado aquí mismo: sirve sin señal. */
export function bajar(nombre, texto, palabras) {
  const enlace = enlaceABoton("#", palabras, "boton b2 chica");
  enlace.setAttribute("download", nombre);
  enlace.addEventListener("click", () => {
    enlace.href = URL.createObjectURL(new Blob([texto()], { type: "text/csv;charset=utf-8" }));
    setTimeout(() => URL.revokeObjectURL(enlace.href), 60_000);
  });
  return enlace;
}

/** Lo que quedó después de cargar: cuántas se pusieron y cuáles esperan que alguien decida. */
export function resultado({ puestas, ya_estaban: ya, sin_poner: sin }) {
  return crear("div", { class: sin.length ? "aviso ojo" : "aviso bien" },
    crear("p", {}, `${cuantas(puestas, "marca puesta", "marcas puestas")}${ya ? ` y ${cuantas(ya, "ya estaba", "ya estaban")}` : ""}.`),
    sin.length > 0 && crear("p", {}, "Estas no se pusieron y quedaron guardadas en la jornada, para que alguien decida:"),
    sin.length > 0 && crear("ul", {}, sin.map(({ folio_texto: folio, por_que: porQue }) => crear("li", {}, `${folio}: ${porQue}`))));
}

export const cuantas = (cuenta, una, varias) => `${cuenta} ${cuenta === 1 ? una : varias}`;
