// Lo que dice una ficha, como se verá en el catálogo: cada producto con su foto, y qué cambió de lo ya publicado.

import { leer } from "./mesa_api.js";
import { crear, rellenar } from "./mesa_piezas.js";

const ANCHO = 640;
const CAMPOS = [["Nombre", "nombre"], ["Rubro", "rubro_nombre"], ["Qué hace", "descripcion"]];
const DEL_PRODUCTO = ["nombre", "descripcion", "rubro", "precio_texto", "foto_alt"];

/** `antes` es lo publicado hoy, si esto lo cambia. */
export function contenido(folio, ficha, antes = null) {
  const quitados = antes ? antes.productos.filter(({ id }) => !ficha.productos.some((otro) => otro.id === id)) : [];
  return crear("div", {},
    crear("dl", { class: "resumen" },
      CAMPOS.map(([titulo, clave]) => renglon(titulo, ficha[clave], antes && antes[clave] !== ficha[clave] ? antes[clave] : null)),
      renglon("Contacto", ficha.contacto ? enlace(ficha.contacto) : "Sin contacto", antes && antes.contacto !== ficha.contacto ? antes.contacto || "Sin contacto" : null)),
    crear("h3", {}, `Productos: ${ficha.productos.length}`),
    crear("ul", { class: "m-productos" }, ficha.productos.map((producto) => unProducto(folio, producto, cambio(producto, antes)))),
    quitados.length > 0 && crear("p", {}, crear("b", {}, "Se quitan: "), quitados.map(({ nombre }) => nombre).join(", "), "."));
}

function renglon(titulo, valor, antes) {
  return crear("div", {}, crear("dt", {}, titulo), crear("dd", {}, valor, antes !== null && crear("span", { class: "chico m-renglon" }, `Antes: ${antes}`)));
}

// Se abre aparte y sin decir de dónde se viene: es una dirección que escribió otra persona.
const enlace = (direccion) => crear("a", { href: direccion, rel: "noopener noreferrer nofollow", target: "_blank" }, direccion, crear("span", { class: "oculto" }, " (se abre aparte)"));

function cambio(producto, antes) {
  if (!antes) return "";
  const previo = antes.productos.find(({ id }) => id === producto.id);
  if (!previo) return "Nuevo";
  const iguales = DEL_PRODUCTO.every((clave) => previo[clave] === producto[clave])
    && String(previo.variantes) === String(producto.variantes) && previo.foto?.huella === producto.foto?.huella;
  return iguales ? "" : "Cambió";
}

function unProducto(folio, producto, marca) {
  return crear("li", { class: "m-producto" },
    producto.foto ? foto(folio, producto) : crear("p", { class: "m-sin-foto chico" }, "Sin foto"),
    crear("div", {},
      crear("h4", {}, producto.nombre, marca && [" ", crear("span", { class: "est espera" }, marca)]),
      crear("p", { class: "num" }, crear("b", {}, producto.precio_texto), ` · ${producto.rubro_nombre}`),
      crear("p", {}, producto.descripcion),
      producto.variantes.length > 0 && crear("p", { class: "chico" }, `Hay: ${producto.variantes.join(", ")}.`),
      producto.foto && crear("p", { class: "chico" }, `La foto se describe así: «${producto.foto_alt}».`)));
}

function foto(folio, producto) {
  const marco = crear("div", { class: "m-foto" }, crear("p", { class: "chico" }, "Abriendo la foto…"));
  traer(folio, producto).then((lienzo) => rellenar(marco, lienzo))
    .catch(() => rellenar(marco, crear("p", { class: "chico" }, "No se pudo mostrar la foto. Abre la ficha otra vez.")));
  return marco;
}

/** La foto dibujada aquí, más chica y sin los datos que trae el archivo: la original nunca se abre en una pestaña. */
async function traer(folio, { foto: { huella, tipo }, foto_alt: alt }) {
  const { enlace: direccion } = await leer(`vitrinas/${encodeURIComponent(folio)}/fotos/${huella}`);
  const respuesta = await fetch(direccion, { credentials: "omit", cache: "no-store" });
  if (!respuesta.ok) throw new Error("sin foto");
  const imagen = await createImageBitmap(new Blob([await respuesta.arrayBuffer()], { type: tipo }));
  const escala = Math.min(1, ANCHO / imagen.width);
  const lienzo = crear("canvas", { role: "img", "aria-label": alt, width: Math.round(imagen.width * escala), height: Math.round(imagen.height * escala) });
  lienzo.getContext("2d").drawImage(imagen, 0, 0, lienzo.width, lienzo.height);
  imagen.close();
  return lienzo;
}
