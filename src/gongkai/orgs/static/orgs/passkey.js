// Says in words that a passkey did not work; without this the library only writes to the console.
document.addEventListener('allauth.error', function (event) {
  event.preventDefault()
  const place = document.getElementById('passkey_error')
  if (place) {
    place.hidden = false
    place.focus()
  }
})
