// Filtra el catálogo entero sin bajarlo: con un resumen de una letra por producto sabe en qué páginas están los que
// calzan y trae solo esas. Sin guion quedan las listas por rubro, región, precio y con foto.
"use strict";

(() => {
  const POR_VEZ = 24;
  const formulario = document.querySelector("[data-elegir]");
  const lista = document.querySelector("[data-productos]");
  if (!formulario || !lista) return;
  const consulta = new URLSearchParams(location.search);
  const enlaces = document.querySelector("[data-sin-guion]");
  formulario.hidden = false;
  enlaces.hidden = true;

  const letraDe = (n) => n.toString(36);

  function elegido() {
    const valores = {};
    for (const campo of ["rubro", "region", "precio"]) {
      const opcion = [...formulario.elements[campo].options].find((o) => o.value && o.value === consulta.get(campo));
      if (opcion) valores[campo] = { valor: opcion.value, texto: opcion.textContent };
    }
    if (consulta.get("foto") === "si" && formulario.elements.foto) valores.foto = { valor: "si", texto: "Con foto" };
    return valores;
  }

  function direccion(valores, pagina) {
    const { rubro, region, precio, foto } = valores;
    const solos = Object.keys(valores).length;
    if (!pagina || pagina === 1) {
      if (!solos) return "/catalogo/";
      if (rubro && region && solos === 2) return `/catalogo/rubros/${rubro.valor}/regiones/${region.valor}/`;
      if (rubro && solos === 1) return `/catalogo/rubros/${rubro.valor}/`;
      if (region && solos === 1) return `/catalogo/regiones/${region.valor}/`;
      if (precio && solos === 1) return `/catalogo/precios/${precio.valor}/`;
      if (foto && solos === 1) return "/catalogo/con-foto/";
    }
    const partes = Object.entries(valores).map(([clave, v]) => `${clave}=${encodeURIComponent(v.valor)}`);
    if (pagina > 1) partes.push(`pagina=${pagina}`);
    return `/catalogo/?${partes.join("&")}`;
  }

  // Cada lista ya publicada que contiene lo pedido; la más corta es la que menos hay que bajar.
  function listas(valores) {
    const { rubro, region, precio, foto } = valores;
    const posibles = [{ base: "/catalogo/", entra: () => true }];
    if (rubro) posibles.push({ base: `/catalogo/rubros/${rubro.valor}/`, entra: (p) => p.rubro });
    if (region) posibles.push({ base: `/catalogo/regiones/${region.valor}/`, entra: (p) => p.region });
    if (rubro && region) {
      const base = `/catalogo/rubros/${rubro.valor}/regiones/${region.valor}/`;
      posibles.push({ base, entra: (p) => p.rubro && p.region });
    }
    if (precio) posibles.push({ base: `/catalogo/precios/${precio.valor}/`, entra: (p) => p.precio });
    if (foto) posibles.push({ base: "/catalogo/con-foto/", entra: (p) => p.foto });
    return posibles.map((p) => ({ ...p, largo: 0 }));
  }

  function buscar(resumen, valores) {
    const { rubro, region, precio, foto } = valores;
    const posibles = listas(valores);
    const hallados = [];
    let i = 0;
    for (const [codigo, cuantos] of resumen.regiones) {
      for (const fin = i + cuantos; i < fin; i += 1) {
        const letra = resumen.precio[i];
        const calza = {
          rubro: !rubro || resumen.rubro[i] === letraDe(resumen.rubros.indexOf(rubro.valor)),
          region: !region || codigo === region.valor,
          precio: !precio || letra.toLowerCase() === letraDe(10 + resumen.tramos.indexOf(precio.valor)),
          foto: !foto || letra !== letra.toLowerCase(),
        };
        if (calza.rubro && calza.region && calza.precio && calza.foto) hallados.push(posibles.map((p) => p.largo));
        for (const p of posibles) p.largo += p.entra(calza) ? 1 : 0;
      }
    }
    const corta = posibles.reduce((mejor, p, n) => (p.largo < posibles[mejor].largo ? n : mejor), 0);
    return { base: posibles[corta].base, lugares: hallados.map((largos) => largos[corta]) };
  }

  async function traer(base, por, lugares) {
    const paginas = [...new Set(lugares.map((l) => Math.floor(l / por) + 1))];
    const hojas = new Map();
    await Promise.all(
      paginas.map(async (n) => {
        const respuesta = await fetch(n === 1 ? base : `${base}pagina/${n}/`);
        if (!respuesta.ok) throw new Error(respuesta.status);
        const hoja = new DOMParser().parseFromString(await respuesta.text(), "text/html");
        hojas.set(n, [...hoja.querySelectorAll("[data-productos] > li")]);
      }),
    );
    return lugares.map((l) => document.adoptNode(hojas.get(Math.floor(l / por) + 1)[l % por]));
  }

  function nodo(etiqueta, atributos, ...hijos) {
    const nuevo = document.createElement(etiqueta);
    for (const [nombre, valor] of Object.entries(atributos)) nuevo.setAttribute(nombre, valor);
    nuevo.append(...hijos);
    return nuevo;
  }

  function contar(total, pagina, paginas) {
    const numero = total.toLocaleString("es-CL");
    const texto = total === 1 ? "1 producto" : `${numero} productos`;
    const parrafo = nodo("p", {}, nodo("strong", {}, total ? texto : "Ningún producto calza."));
    if (!total) parrafo.append(" Quita un filtro para ver más.");
    if (paginas > 1) parrafo.append(" ", nodo("span", { class: "chico" }, `Página ${pagina} de ${paginas}`));
    document.querySelector("[data-cuenta]").replaceChildren(parrafo);
  }

  function ponerFichas(valores) {
    const fichas = document.querySelector("[data-fichas]");
    const quitar = Object.entries(valores).map(([clave, v]) => {
      const { [clave]: fuera, ...resto } = valores;
      const oculto = nodo("span", { class: "oculto" }, "Quitar el filtro ");
      const cruz = nodo("span", { "aria-hidden": "true" }, "×");
      return nodo("li", {}, nodo("a", { href: direccion(resto) }, oculto, v.texto, cruz));
    });
    fichas.replaceChildren(...quitar);
    fichas.hidden = false;
  }

  function ponerSaltos(valores, pagina, paginas) {
    const saltos = document.querySelector("[data-saltos]");
    saltos.replaceChildren();
    if (paginas < 2) return;
    const ir = (n, texto) => nodo("li", {}, nodo("a", { href: direccion(valores, n) }, texto));
    const partes = [];
    if (pagina > 1) partes.push(ir(pagina - 1, "← Anterior"));
    partes.push(nodo("li", {}, `Página ${pagina} de ${paginas}`));
    if (pagina < paginas) partes.push(ir(pagina + 1, "Siguiente →"));
    const indice = nodo("ul", { class: "indice" }, ...partes);
    saltos.append(nodo("nav", { class: "paginador", "aria-label": "Páginas" }, indice));
  }

  async function mostrar(valores) {
    for (const campo of ["rubro", "region", "precio"]) formulario.elements[campo].value = valores[campo]?.valor ?? "";
    if (formulario.elements.foto) formulario.elements.foto.checked = Boolean(valores.foto);
    formulario.closest("details").open = matchMedia("(min-width: 48rem)").matches;
    document.querySelector("[data-bajar]")?.remove();
    lista.setAttribute("aria-busy", "true");
    ponerFichas(valores);
    try {
      const respuesta = await fetch("/catalogo/resumen.json", { cache: "no-cache" });
      const resumen = await respuesta.json();
      const { base, lugares } = buscar(resumen, valores);
      const paginas = Math.max(1, Math.ceil(lugares.length / POR_VEZ));
      const pagina = Math.min(paginas, Math.max(1, Number.parseInt(consulta.get("pagina") ?? "1", 10) || 1));
      const vistos = lugares.slice((pagina - 1) * POR_VEZ, pagina * POR_VEZ);
      lista.replaceChildren(...(await traer(base, resumen.por, vistos)));
      contar(lugares.length, pagina, paginas);
      ponerSaltos(valores, pagina, paginas);
    } catch {
      const aviso = "No pudimos filtrar ahora. Revisa tu conexión o elige una lista.";
      document.querySelector("[data-cuenta]").replaceChildren(nodo("p", {}, nodo("strong", {}, aviso)));
      enlaces.hidden = false;
    }
    lista.removeAttribute("aria-busy");
  }

  formulario.addEventListener("submit", (evento) => {
    evento.preventDefault();
    const valores = {};
    for (const [clave, valor] of new FormData(formulario)) if (valor) valores[clave] = { valor };
    location.assign(direccion(valores));
  });

  const valores = elegido();
  if (location.pathname === "/catalogo/" && Object.keys(valores).length) mostrar(valores);
})();
