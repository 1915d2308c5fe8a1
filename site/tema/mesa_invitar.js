// Invitar por correo: se cuenta a cuántas personas llega, se pone un tope al día y se puede detener.

import { enviar, leer } from "./mesa_api.js";
import { callar, decir, mostrarErrores, mostrarFalla } from "./mesa_avisos.js";
import { elegirConvocatoria, encabezado } from "./mesa_llamados.js";
import { cuantas } from "./mesa_marcas.js";
import { campo, crear, fila, nombreDeRegion, rellenar, unaVez } from "./mesa_piezas.js";

const TITULO = "Invitar";
const GUIA = "Le escribe a quienes pidieron avisos y todavía no reciben un correo de esta convocatoria. A nadie se le cuenta dos veces.";
const camino = (convocatoria) => `invitaciones?convocatoria=${encodeURIComponent(convocatoria.id)}`;
const enRegion = (region) => (region ? nombreDeRegion(region) : "todas las regiones que admite");

export async function abrirInvitar({ id }) {
  const { elegida, nodo } = await elegirConvocatoria(id, TITULO, GUIA, "invitar");
  if (nodo) return { titulo: TITULO, nodo };
  return { titulo: TITULO, nodo: new Invitar(elegida, await leer(camino(elegida))).nodo };
}

class Invitar {
  constructor(convocatoria, datos) {
    this.convocatoria = convocatoria;
    this.cuerpo = crear("div");
    this.nodo = crear("div", {}, encabezado(convocatoria, TITULO, GUIA), this.cuerpo);
    this.dibujar(datos);
  }

  dibujar(datos) {
    this.datos = datos;
    rellenar(this.cuerpo, this.actual(),
      datos.recibe ? this.formulario() : crear("p", { class: "aviso" }, "Esta convocatoria no recibe postulaciones ahora: se invita solo mientras está abierta."));
  }

  actual() {
    const { actual, ya_escritas: ya, por_escribir: faltan } = this.datos;
    if (actual === null) return null;
    const boton = crear("button", { type: "button", class: "boton b2 chica", al: { click: () => unaVez(boton, () => this.pedir("detener", {}, "Invitación detenida: no sale ningún correo más.")) } }, "Detener la invitación");
    return crear("section", { class: actual.viva ? "aviso bien" : "aviso", "aria-labelledby": "i-actual" },
      crear("h2", { id: "i-actual", class: "m-titulo" }, actual.viva ? "Invitación en marcha" : "Invitación detenida"),
      crear("p", {}, `A ${enRegion(actual.region)}, hasta ${cuantas(actual.tope, "correo", "correos")} al día. `, `${cuantas(ya, "persona ya tiene", "personas ya tienen")} su correo y ${cuantas(faltan, "falta", "faltan")}.`),
      crear("p", { class: "chico" }, `La dejó así ${actual.quien}, el ${actual.cuando_texto}.`),
      actual.viva && fila(boton));
  }

  formulario() {
    const { regiones, region, tope_maximo: maximo, componente } = this.datos;
    const cual = crear("select", { id: "i-region" }, crear("option", { value: "" }, "Todas las que admite"),
      regiones.map((codigo) => crear("option", { value: codigo }, nombreDeRegion(codigo))));
    cual.value = region;
    const tope = crear("input", { type: "text", inputmode: "numeric", autocomplete: "off", class: "m-nota", value: String(this.datos.actual?.tope ?? maximo) });
    this.cuenta = crear("p", { role: "status" }, this.enPalabras());
    cual.addEventListener("change", () => this.contar(cual.value));
    const boton = crear("button", { type: "submit", class: "boton" }, "Invitar");
    const alEnviar = (suceso) => {
      suceso.preventDefault();
      unaVez(boton, () => this.pedir("invitar", { region: cual.value, tope: tope.value.trim() }, "Invitación en marcha. Los correos salen en los próximos minutos."));
    };
    return crear("form", { class: "caja m-angosto", novalidate: true, "aria-labelledby": "i-nueva", al: { submit: alEnviar } },
      crear("h2", { id: "i-nueva" }, this.datos.actual?.viva ? "Cambiar la invitación" : "Invitar a quienes piden avisos"),
      crear("p", { class: "ayuda" }, `Solo a quienes pidieron avisos del componente ${componente}. Cada correo trae cómo dejar de recibirlos con un toque.`),
      crear("div", { class: "campo" }, crear("label", { for: "i-region" }, "De qué región"), cual),
      this.cuenta,
      campo("i-tope", "Cuántos correos al día, a lo más", `De 1 a ${maximo}. Los demás salen al día siguiente.`, tope), boton);
  }

  enPalabras() {
    const { piden, ya_escritas: ya, por_escribir: faltan } = this.datos;
    if (piden === 0) return "Nadie de ahí pidió avisos de convocatorias como esta.";
    return `${cuantas(piden, "persona los pidió", "personas los pidieron")}: ${ya} ya ${ya === 1 ? "tiene" : "tienen"} un correo de esta convocatoria y le llegaría a ${faltan}.`;
  }

  async contar(region) {
    callar();
    try {
      const { piden, ya_escritas: ya, por_escribir: faltan } = await enviar("invitaciones", { convocatoria: this.convocatoria.id, accion: "contar", region });
      Object.assign(this.datos, { piden, ya_escritas: ya, por_escribir: faltan });
      this.cuenta.textContent = this.enPalabras();
    } catch (falla) {
      mostrarFalla(falla, (nombre) => `i-${nombre}`);
    }
  }

  async pedir(accion, cuerpo, frase) {
    callar();
    try {
      this.dibujar(await enviar("invitaciones", { convocatoria: this.convocatoria.id, accion, version: this.datos.version, ...cuerpo }));
      document.querySelector("#mesa-vista h1").focus();
      decir(frase);
    } catch (falla) {
      if (falla.codigo !== "cambio_entre_medio") return mostrarFalla(falla, (nombre) => `i-${nombre}`);
      this.dibujar(await leer(camino(this.convocatoria)));
      mostrarErrores(falla.titulo, `${falla.message} Esta página ya está al día.`);
    }
    return null;
  }
}
