// Ingresar lo que llegó en papel: las mismas preguntas del formulario, los documentos subidos o vistos, y el comprobante.

import { enviar, leer } from "./mesa_api.js";
import { callar, decir, mostrarFalla } from "./mesa_avisos.js";
import { comprobante } from "./mesa_comprobante.js";
import { encabezado, elegirConvocatoria } from "./mesa_llamados.js";
import { guardarBorrador, olvidarBorrador } from "./mesa_memoria.js";
import { crear, direccionDeFicha, rellenar, unaVez } from "./mesa_piezas.js";
import { CampoDePregunta, campoSuelto } from "./mesa_pregunta.js";
import { subirDocumento } from "./mesa_subida.js";

const TITULO = "Ingresar lo que llegó en papel";
const GUIA = "Escribe lo que dice el formulario en papel. Entra a la fila con la hora de ahora, y queda con tu firma.";
const BORRADOR = "ingreso";

export async function abrirIngreso({ id }) {
  const { elegida, nodo } = await elegirConvocatoria(id, TITULO, "Elige la convocatoria a la que postula.", "ingreso");
  if (!elegida) return { titulo: TITULO, nodo };
  const ingreso = new Ingreso(elegida, await leer(`ingresos?convocatoria=${encodeURIComponent(elegida.id)}`));
  return { titulo: TITULO, nodo: ingreso.nodo };
}

const nuevaClave = () => Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, "0")).join("");

class Ingreso {
  constructor(convocatoria, preparado) {
    this.convocatoria = convocatoria;
    this.preparado = preparado;
    this.clave = nuevaClave();
    this.nodo = crear("div", {}, encabezado(convocatoria, TITULO, GUIA));
    this.nodo.append(preparado.por_que_no
      ? crear("div", { class: "aviso ojo" }, crear("p", {}, crear("b", {}, "Ahora no se puede ingresar. "), preparado.por_que_no))
      : this.formulario());
  }

  formulario() {
    const { preguntas, documentos, comunas, tope_mb: tope } = this.preparado;
    this.campos = preguntas.map((pregunta) => new CampoDePregunta(pregunta));
    this.documentos = documentos.map((documento) => new Documento(documento, tope));
    this.recibido = crear("input", { type: "datetime-local", class: "m-fecha" });
    this.domicilio = crear("input", { type: "text", autocomplete: "off", maxlength: "200" });
    this.visto = crear("div", { class: "m-visto" });
    this.boton = crear("button", { type: "submit", class: "boton" }, "Ingresar y dar comprobante");
    const comprobar = crear("button", { type: "button", class: "boton b2", al: { click: () => unaVez(comprobar, () => this.comprobar()) } }, "Comprobar el RUT");
    const guardar = (suceso) => {
      suceso.preventDefault();
      unaVez(this.boton, () => this.guardar());
    };
    this.campo("tipo_persona").entrada.addEventListener("change", () => this.ajustar());
    const formulario = crear("form", { class: "m-angosto", novalidate: true, al: { submit: guardar, input: () => guardarBorrador(BORRADOR, {}) } },
      crear("datalist", { id: "ingreso-comunas" }, comunas.map((comuna) => crear("option", { value: comuna }))),
      seccion("El papel", campoSuelto("recibido", "¿Cuándo se recibió?", "El día y la hora del timbre.", this.recibido)),
      this.porBloque(comprobar),
      seccion("Si no tiene correo", campoSuelto("domicilio", "Domicilio para la carta", "Calle, número y comuna. Solo si no tiene correo ni teléfono, o si prefiere carta.", this.domicilio)),
      seccion("Documentos", crear("p", {}, "Sube cada uno, o marca que lo viste en papel y quedó en la oficina."), this.documentos.map(({ nodo }) => nodo)),
      this.boton);
    this.ajustar();
    return formulario;
  }

  porBloque(comprobar) {
    const bloques = Map.groupBy ? Map.groupBy(this.campos, ({ pregunta }) => pregunta.bloque) : agrupar(this.campos);
    return [...bloques].map(([bloque, campos]) => seccion(bloque, campos.map(({ pregunta, nodo }) => (
      pregunta.tipo === "rut" ? [nodo, crear("p", { class: "fila" }, comprobar), this.visto] : nodo))));
  }

  campo(clave) {
    return this.campos.find(({ pregunta }) => pregunta.clave === clave);
  }

  // Cada tipo de persona tiene sus preguntas y sus documentos.
  ajustar() {
    const tipo = this.campo("tipo_persona").valor;
    for (const uno of [...this.campos, ...this.documentos]) uno.mostrar(uno.tipos.length === 0 || uno.tipos.includes(tipo));
  }

  async comprobar() {
    callar();
    try {
      const hallado = await enviar("ingresos/consulta", { convocatoria: this.convocatoria.id, rut: this.campo("rut").valor });
      rellenar(this.visto, enLaFila(hallado), this.misDatos(hallado.mis_datos));
      decir(hallado.en_la_fila.length > 0 ? "Ese RUT ya postuló a esta convocatoria." : "Ese RUT no está en la fila.");
    } catch (falla) {
      mostrarFalla(falla, (clave) => `p-${clave}`);
    }
  }

  misDatos(registro) {
    if (!registro) return crear("p", { class: "chico" }, "No figura en «Mis Datos», o lo importado ya venció.");
    const usar = () => {
      for (const { clave, valor, texto } of registro.datos) this.campo(clave)?.poner(clave === "comuna" ? texto : valor);
      decir("Copiamos lo que figura en «Mis Datos». Compáralo con el papel.");
    };
    return crear("div", { class: "aviso" },
      crear("p", {}, crear("b", {}, "En «Mis Datos» figura:"), ` cargado el ${registro.cargado_texto}.`),
      crear("dl", { class: "m-prueba" }, registro.datos.map(({ titulo, texto }) => crear("div", {}, crear("dt", {}, titulo), crear("dd", {}, texto)))),
      crear("button", { type: "button", class: "boton b2 chica", al: { click: usar } }, "Copiar al formulario"));
  }

  async guardar() {
    callar();
    try {
      await this.subir();
      const comprobado = await enviar("ingresos", this.cuerpo());
      olvidarBorrador(BORRADOR);
      rellenar(this.nodo, comprobante(comprobado, `#/ingreso/${encodeURIComponent(this.convocatoria.id)}?otra=${comprobado.folio}`));
      this.nodo.querySelector("h1").focus();
      document.title = "Comprobante · La mesa";
      decir(`Quedó ingresada con el folio ${comprobado.folio_texto}.`);
    } catch (falla) {
      if (!falla.codigo) throw falla;
      mostrarFalla(falla, (nombre) => this.idDe(nombre));
    }
  }

  async subir() {
    for (const documento of this.documentos.filter((uno) => uno.porSubir)) {
      decir(`Subiendo ${documento.titulo}…`);
      await subirDocumento(this.convocatoria.id, this.clave, documento.documento, documento.archivo);
      documento.subido = documento.archivo;
    }
  }

  cuerpo() {
    const suyos = this.documentos.filter((uno) => uno.visible);
    return {
      convocatoria: this.convocatoria.id,
      clave: this.clave,
      respuestas: Object.fromEntries(this.campos.filter((uno) => uno.visible).map((uno) => [uno.pregunta.clave, uno.valor])),
      documentos: suyos.filter((uno) => uno.archivo).map((uno) => uno.documento),
      en_papel: suyos.filter((uno) => uno.enPapel && !uno.archivo).map((uno) => uno.documento),
      recibido: this.recibido.value,
      domicilio: this.domicilio.value,
    };
  }

  idDe(nombre) {
    if (this.campo(nombre)) return `p-${nombre}`;
    return this.documentos.some(({ documento }) => documento === nombre) ? `d-${nombre}` : nombre;
  }
}

class Documento {
  constructor({ documento, titulo, obligatorio, tipos_persona: tipos }, tope) {
    Object.assign(this, { documento, titulo, tipos, subido: null });
    this.entrada = crear("input", { type: "file", accept: "application/pdf,image/jpeg,image/png" });
    this.visto = crear("input", { type: "checkbox" });
    this.nodo = campoSuelto(`d-${documento}`, titulo, `PDF, JPG o PNG de hasta ${tope} MB.${obligatorio ? "" : " No es obligatorio."}`, this.entrada,
      crear("label", { class: "m-opcion" }, this.visto, crear("span", {}, "Lo vi en papel")));
  }

  get archivo() { return this.entrada.files[0] ?? null; }

  get enPapel() { return this.visto.checked; }

  get visible() { return !this.nodo.hidden; }

  get porSubir() { return this.visible && this.archivo && this.archivo !== this.subido; }

  mostrar(toca) { this.nodo.hidden = !toca; }
}

function enLaFila({ en_la_fila: iguales }) {
  if (iguales.length === 0) return crear("p", {}, "Ese RUT no está en la fila de esta convocatoria.");
  return crear("div", { class: "aviso ojo" },
    crear("p", {}, crear("b", {}, "Ese RUT ya postuló. "), "Si ingresas otra, queda aparte y la mira una persona."),
    crear("ul", { class: "lista" }, iguales.map((una) => crear("li", {},
      crear("a", { class: "toque", href: direccionDeFicha(una) }, `Folio ${una.folio_texto}`), `: ${una.estado_texto}`))));
}

function seccion(titulo, ...contenido) {
  return crear("section", { class: "m-bloque" }, crear("h2", {}, titulo), ...contenido);
}

function agrupar(campos) {
  const bloques = new Map();
  for (const campo of campos) bloques.set(campo.pregunta.bloque, [...(bloques.get(campo.pregunta.bloque) ?? []), campo]);
  return bloques;
}
