/* 回音: what the keyboard and the buttons do. Every page works without it. */
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('hy-js');

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function isTyping(target) {
    return target.isContentEditable || /^(SELECT|TEXTAREA)$/.test(target.tagName) ||
      (target.tagName === 'INPUT' && !/^(radio|checkbox|button|submit)$/.test(target.type));
  }

  /* Rows: j and k move the focus from row to row, so Enter opens the link that has it. */
  function moveRow(step) {
    var links = all('[data-hy-rows] .hy-row-link');
    if (!links.length) { return; }
    var row = document.activeElement ? document.activeElement.closest('tr') : null;
    var at = row ? links.indexOf(row.querySelector('.hy-row-link')) : -1;
    var next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
    links[next].focus();
  }

  function chooseDigit(target, digit) {
    var group = target.closest('[data-hy-digits]');
    if (!group) { return false; }
    var choice = group.querySelectorAll('input')[digit - 1];
    if (!choice || choice.disabled) { return false; }
    choice.focus();
    choice.click();
    return true;
  }

  function onKey(event) {
    var target = event.target;
    if (event.isComposing || event.defaultPrevented || !target.closest) { return; }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      var form = target.closest('form');
      if (form) { event.preventDefault(); submit(form); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === 'Escape' && isTyping(target)) { target.blur(); return; }
    if (isTyping(target) || target.closest('dialog')) { return; }
    if (/^[1-9]$/.test(event.key)) {
      if (chooseDigit(target, Number(event.key))) { event.preventDefault(); }
      return;
    }
    var search = document.querySelector('[data-hy-search]');
    var fresh = document.querySelector('[data-hy-new]');
    var keys = document.getElementById('hy-keys');
    if (event.key === '/' && search) { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === 'n' && fresh) { event.preventDefault(); fresh.click(); }
    if (event.key === 'j') { moveRow(1); }
    if (event.key === 'k') { moveRow(-1); }
    if (event.key === '?' && keys && keys.showModal && !keys.open) { event.preventDefault(); keys.showModal(); }
  }

  function submit(form) {
    if (form.requestSubmit) { form.requestSubmit(); return; }
    var button = form.querySelector('[type=submit]');
    if (button) { button.click(); }
  }

  /* Asks before what cannot be taken back. */
  function ask(words, then) {
    var dialog = document.createElement('dialog');
    if (!dialog.showModal) { if (window.confirm(words)) { then(); } return; }
    dialog.className = 'hy-dialog';
    dialog.setAttribute('aria-label', '请确认');
    var text = document.createElement('p');
    text.textContent = words;
    var foot = document.createElement('div');
    foot.className = 'hy-dialog-foot';
    var no = document.createElement('button');
    no.type = 'button'; no.className = 'hy-button hy-button-secondary'; no.textContent = '取消';
    var yes = document.createElement('button');
    yes.type = 'button'; yes.className = 'hy-button hy-button-primary'; yes.textContent = '确定';
    no.addEventListener('click', function () { dialog.close(); });
    yes.addEventListener('click', function () { dialog.close(); then(); });
    dialog.addEventListener('close', function () { dialog.remove(); });
    foot.appendChild(no); foot.appendChild(yes);
    dialog.appendChild(text); dialog.appendChild(foot);
    document.body.appendChild(dialog);
    dialog.showModal();
    no.focus();
  }

  function onSubmit(event) {
    var form = event.target;
    if ((form.getAttribute('method') || '').toLowerCase() !== 'post') { return; }
    if (form.getAttribute('aria-busy') === 'true') { event.preventDefault(); return; }
    var words = form.getAttribute('data-hy-confirm');
    if (words && form.getAttribute('data-hy-agreed') !== 'yes') {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(words, function () { form.setAttribute('data-hy-agreed', 'yes'); submit(form); });
      return;
    }
    form.removeAttribute('data-hy-agreed');
    form.setAttribute('aria-busy', 'true');
    window.setTimeout(function () { setButtons(form, true); }, 0);
  }

  function setButtons(form, disabled) {
    Array.prototype.forEach.call(form.querySelectorAll('[type=submit]'), function (button) { button.disabled = disabled; });
  }

  /* A page that comes back from the browser's memory can be sent again. */
  function wake() {
    all('form[aria-busy=true]').forEach(function (form) { form.removeAttribute('aria-busy'); setButtons(form, false); });
  }

  /* Fills fields of a form with what a button offers; nothing is sent by it. */
  function fill(button) {
    var form = document.getElementById(button.getAttribute('data-hy-form') || '') || button.closest('form');
    if (!form) { return; }
    new URLSearchParams(button.getAttribute('data-hy-fill')).forEach(function (value, name) {
      var field = form.elements[name];
      if (!field) { return; }
      if (field.tagName === 'SELECT' && !field.querySelector('option[value="' + value + '"]')) {
        field.add(new Option(button.getAttribute('data-hy-label') || value, value));
      }
      field.value = value;
      var one = field.dispatchEvent ? field : form.querySelector('[name="' + name + '"]:checked');
      if (one) { one.dispatchEvent(new Event('input', { bubbles: true })); }
    });
    button.setAttribute('aria-pressed', 'true');
  }

  /* Shows a group of fields only where another field has one of its values; without scripts all of them show. */
  function showWhen() {
    all('[data-hy-when]').forEach(function (group) {
      var form = group.closest('form');
      var parts = group.getAttribute('data-hy-when').split('=');
      var field = form && form.elements[parts[0]];
      if (field) { group.hidden = parts[1].split(' ').indexOf(field.value) < 0; }
    });
  }

  function onClick(event) {
    var target = event.target;
    if (!target.closest) { return; }
    var offer = target.closest('[data-hy-fill]');
    if (offer) { fill(offer); return; }
    var toggle = target.closest('[data-hy-toggle]');
    if (toggle) {
      var open = document.getElementById(toggle.getAttribute('data-hy-toggle')).classList.toggle('hy-open');
      toggle.setAttribute('aria-expanded', String(open));
      return;
    }
    if (target.closest('[data-hy-print]')) { window.print(); return; }
    var row = target.closest('[data-hy-href]');
    if (row && !target.closest('a, button, input, label, summary, details') && !String(window.getSelection())) {
      var link = row.querySelector('.hy-row-link');
      if (event.ctrlKey || event.metaKey) { window.open(row.getAttribute('data-hy-href'), '_blank', 'noopener'); }
      else if (link) { link.click(); }
      else { window.location.assign(row.getAttribute('data-hy-href')); }
    }
  }

  /* Charts: the library is fetched only by a page that has one. */
  function loadCharts() {
    var places = all('[data-hy-chart]');
    if (!places.length) { return; }
    if (window.huiyinCharts) { window.huiyinCharts.drawAll(); return; }
    if (document.querySelector('script[data-hy-library]')) { return; }
    var script = document.createElement('script');
    script.src = places[0].getAttribute('data-hy-charts');
    script.setAttribute('data-hy-library', '');
    script.addEventListener('load', function () { window.huiyinCharts.drawAll(); });
    document.head.appendChild(script);
  }

  document.addEventListener('keydown', onKey);
  document.addEventListener('submit', onSubmit, true);
  document.addEventListener('click', onClick);
  document.addEventListener('change', showWhen);
  document.addEventListener('htmx:afterSettle', function () { loadCharts(); wake(); showWhen(); });
  document.addEventListener('htmx:responseError', wake);
  window.addEventListener('pageshow', wake);
  var faults = document.querySelector('[data-hy-focus]');
  if (faults) { faults.focus(); }
  showWhen();
  loadCharts();
}());
