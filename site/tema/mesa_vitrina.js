// Una ficha del catálogo: lo que se quiere publicar junto a lo ya publicado, y la decisión con su razón.

import { enviar, leer } from "./mesa_api.js";
import { decir, mostrarErrores, mostrarFalla } from "./mesa_avisos.js";
import { borradorDe, guardarBorrador, olvidarBorrador } from "./mesa_memoria.js";
import { formularioDeDecision, guardarDecision } from "./mesa_opciones.js";
import { crear, demostracion, direccionDeFicha, enlaceABoton, fila, rellenar } from "./mesa_piezas.js";
import { contenido } from "./mesa_vitrina_contenido.js";

const OPCIONES = {
  publicar: { nombre: "Publicarla", boton: "Publicar la ficha", hecho: "Publicaste la ficha: sale en la próxima publicación" },
  observar: { nombre: "Devolverla para que la arregle", boton: "Devolver la ficha", hecho: "Devolviste la ficha con tu razón" },
  bajar: { nombre: "Sacarla del catálogo", boton: "Sacar la ficha", hecho: "Sacaste la ficha: deja de verse en la próxima publicación" },
};
const CON_RAZON = ["observar", "bajar"];
const SE_RELEEN = ["cambio_entre_medio", "vitrina_imposible", "vitrina_no_existe"];
const MIRA = [
  "El nombre y los productos son de quien participa.",
  "Las fotos son del producto: sin personas, papeles ni direcciones.",
  "La descripción de cada foto dice lo que se ve.",
  "El contacto abre lo que dice, y los precios tienen sentido.",
];

export class Vitrina {
  constructor(ficha) {
    this.nodo = crear("div");
    this.dibujar(ficha);
  }

  get clave() {
    return `vitrina ${this.ficha.folio}`;
  }

  get borrador() {
    return borradorDe(this.clave);
  }

  anotar(cambios) {
    guardarBorrador(this.clave, { ...this.borrador, ...cambios });
  }

  dibujar(ficha) {
    this.ficha = ficha;
    const porPublicar = ficha.por_publicar;
    rellenar(this.nodo,
      miga(),
      crear("p", { class: "chico" }, ficha.convocatoria_nombre, demostracion(ficha.demostracion)),
      crear("h1", { tabindex: "-1", class: "m-nombre" }, `Ficha de ${ficha.nombre || ficha.folio_texto}`),
      crear("p", { class: "guia" }, guia(ficha)),
      crear("div", { class: "columnas m-ficha" },
        crear("div", {},
          porPublicar && [crear("h2", {}, "Lo que quiere publicar"), avisos(ficha), contenido(ficha.folio, porPublicar, ficha.publicado)],
          ficha.publicado && !porPublicar && [crear("h2", {}, "Lo que se ve hoy"), contenido(ficha.folio, ficha.publicado)],
          historia(ficha),
          fila(enlaceABoton(direccionDeFicha(ficha), "Abrir la postulación", "boton b2 chica"))),
        crear("aside", { class: "pegada no-print", "aria-label": "Decidir" }, ficha.decisiones.length > 0 ? this.decidir() : yaEsta())));
  }

  decidir() {
    const { decisiones, por_publicar: porPublicar } = this.ficha;
    return formularioDeDecision({
      titulo: "Tu decisión", pregunta: "Qué decides", boton: "Guardar mi decisión",
      opciones: Object.fromEntries(decisiones.map((opcion) => [opcion, OPCIONES[opcion]])),
      elegida: decisiones.includes(this.borrador.decision) ? this.borrador.decision : "", motivo: this.borrador.motivo,
      ayuda: porPublicar ? "Va en su correo. Para publicarla puedes dejarla en blanco." : "Va en su correo.",
      alCambiar: (cambios) => this.anotar(cambios), alGuardar: () => this.guardar(),
      antes: porPublicar && [crear("p", {}, "Antes de publicar, mira:"), crear("ul", {}, MIRA.map((que) => crear("li", {}, que)))],
    });
  }

  faltas() {
    const { decision, motivo } = this.borrador;
    return [
      !this.ficha.decisiones.includes(decision) && { id: `decision-${this.ficha.decisiones[0]}`, texto: "Elige qué hacer con la ficha" },
      CON_RAZON.includes(decision) && !motivo.trim() && { id: "motivo", texto: "Escribe tu razón: la persona tiene derecho a leerla" },
    ].filter(Boolean);
  }

  guardar() {
    const { decision, motivo } = this.borrador;
    return guardarDecision(this.faltas(), async () => {
      const quedo = await enviar(`vitrinas/${encodeURIComponent(this.ficha.folio)}`, { version: this.ficha.version, decision, motivo: motivo.trim() });
      olvidarBorrador(this.clave);
      this.dibujar({ ...quedo, nombre: quedo.nombre || this.ficha.nombre });
      this.nodo.querySelector("h1").focus();
      decir(`${OPCIONES[decision].hecho}.`);
    }, (falla) => this.explicar(falla));
  }

  async explicar(falla) {
    if (!SE_RELEEN.includes(falla.codigo)) return mostrarFalla(falla, (nombre) => (nombre === "decision" ? `decision-${this.ficha.decisiones[0]}` : nombre));
    await this.releer();
    return mostrarErrores(falla.titulo, `${falla.message} Lo que escribiste sigue aquí.`);
  }

  async releer() {
    try {
      this.dibujar(await leer(`vitrinas/${encodeURIComponent(this.ficha.folio)}`));
    } catch (falla) {
      if (falla.codigo !== "vitrina_no_existe") throw falla;
      rellenar(this.nodo, vitrinaQueNoEsta(this.borrador.motivo));
    }
  }
}

function guia({ por_publicar: porPublicar, publicado, permiso_texto: permiso }) {
  if (porPublicar && publicado) return "Ya está en el catálogo y quiere cambiar algo. Mientras decides, se ve lo anterior.";
  if (porPublicar) return `Es nueva. Dio su permiso el ${permiso}.`;
  return publicado ? `Está en el catálogo. Dio su permiso el ${permiso}.` : "Ya no está en el catálogo ni espera revisión.";
}

/** Lo que parece un dato de contacto: se puede publicar, si quien la escribió lo quiere a la vista. */
function avisos({ avisos: cuales = [] }) {
  if (cuales.length === 0) return null;
  return crear("div", { class: "aviso ojo" }, crear("p", {}, "Mira bien: esto lo verá cualquiera."), crear("ul", {}, cuales.map((cual) => crear("li", {}, cual))));
}

function historia({ historia: hechos }) {
  return crear("section", {}, crear("h2", {}, "Lo que ha pasado"), crear("ul", { class: "lista" }, [...hechos].reverse().map((hecho) =>
    crear("li", {}, crear("b", {}, hecho.estado_texto), crear("span", { class: "chico" }, [hecho.cuando_texto, hecho.quien].filter(Boolean).join(" · ")),
      hecho.motivo && crear("p", { class: "m-texto m-motivo" }, hecho.motivo)))));
}

const miga = () => crear("p", { class: "miga" }, crear("a", { href: "#/vitrinas" }, "← Volver a las fichas"));

function yaEsta() {
  return crear("div", { class: "caja" }, crear("h2", {}, "Tu decisión"), crear("p", {}, "Ya no hay nada que decidir aquí. El correo con tu razón ya está saliendo."),
    crear("p", {}, enlaceABoton("#/vitrinas", "Volver a las fichas", "boton")));
}

/** La vista de una ficha que ya no espera; con lo que se alcanzó a escribir, para no perderlo. */
export function vitrinaQueNoEsta(escrito = "") {
  return crear("div", {}, miga(),
    crear("h1", { tabindex: "-1" }, "Esa ficha ya no está aquí"),
    crear("p", { class: "guia" }, "Quien la escribió la está cambiando o la sacó, o alguien ya la devolvió."),
    escrito && [crear("p", {}, crear("b", {}, "Lo que habías escrito")), crear("p", { class: "m-texto" }, escrito)]);
}
