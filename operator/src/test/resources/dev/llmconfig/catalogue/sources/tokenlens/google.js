export const models = {
    id: "google",
    models: {},
};
export default models;
